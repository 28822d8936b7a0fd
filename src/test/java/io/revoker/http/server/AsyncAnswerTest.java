package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.http.AsyncAnswer;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request when the code that was to answer it throws. */
class AsyncAnswerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void answersAFaultOfOurOwnAndLogsIt() {
        assertThatAnswered(promise -> promise.complete("done"));
        assertThatAnswered(promise -> promise.fail("failed"));
    }

    /** A future without a context that has two listeners keeps to itself what they throw. */
    private void assertThatAnswered(Consumer<Promise<String>> end) {
        Router router = Router.router(vertx);
        router.route().handler(request -> {
            Promise<String> work = Promise.promise();
            work.future().onFailure(known -> {});
            AsyncAnswer.by(request, work.future(), done -> fail(request), failure -> fail(request));
            end.accept(work);
        });
        new FailureHandler().mount(router);
        var server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        try (LogCapture log = LogCapture.open(Level.ERROR);
                RawConnection connection = RawConnection.to(server.actualPort())) {
            assertThat(connection
                            .exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status())
                    .isEqualTo(500);
            assertThat(log.lines()).singleElement().asString().contains("request failed", "a bug");
        }
    }

    private static void fail(RoutingContext request) {
        throw new NoClassDefFoundError("a bug while " + request.request().method());
    }
}
