package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.http.DirectRoute;
import io.revoker.http.Exchange;
import io.revoker.http.InFlightLimit;
import io.revoker.testing.Configurations;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Waiting;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestGuardTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void answersAFaultOfOurOwnAndLogsIt() {
        assertThatAnswered(request -> {
            throw new IllegalStateException("bug");
        });
        assertThatAnswered(request -> {
            throw new StackOverflowError("bug");
        });
    }

    @Test
    void refusesWhatHasNoReadableHostAndLogsNothing() {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            assertThat(status(
                            request -> {
                                throw new IllegalArgumentException("local%");
                            },
                            "local%"))
                    .isEqualTo(400);
            assertThat(log.lines()).isEmpty();
        }
    }

    /** However an answer goes wrong, the next request finds its place. */
    @Test
    void countsNoRequestThatHasFailed() {
        InFlightLimit inFlight = new InFlightLimit(1, new SimpleMeterRegistry());
        ConnectionTimeouts timeouts = new ConnectionTimeouts(
                vertx, Configurations.of(List.of(), Map.of()).http());
        DirectDispatch dispatch = new DirectDispatch(timeouts, inFlight, List.of(new Broken()), request -> {});

        for (int i = 0; i < 3; i++) {
            assertThat(status(dispatch, "localhost")).isEqualTo(503);
            Waiting.until("left", () -> inFlight.inFlight() == 0);
        }
    }

    private static final class Broken implements DirectRoute {
        @Override
        public String name() {
            return "/";
        }

        @Override
        public boolean isFor(String path) {
            return true;
        }

        @Override
        public void answer(Exchange exchange) {
            assertThat(exchange.enter()).isTrue();
            throw new StackOverflowError("bug");
        }

        @Override
        public void refuse(Exchange exchange) {
            exchange.end(503);
        }
    }

    private void assertThatAnswered(Handler<HttpServerRequest> broken) {
        try (LogCapture log = LogCapture.open(Level.ERROR)) {
            assertThat(status(broken, "localhost")).isEqualTo(500);
            assertThat(log.lines()).singleElement().asString().contains("request failed", "bug");
        }
    }

    private int status(Handler<HttpServerRequest> routes, String host) {
        var server = get(vertx.createHttpServer()
                .requestHandler(new RequestGuard(vertx, UnreadableRequest.withinDefaults(), routes))
                .listen(0, "127.0.0.1"));
        try (RawConnection connection = RawConnection.to(server.actualPort())) {
            return connection
                    .exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .status();
        } finally {
            get(server.close());
        }
    }
}
