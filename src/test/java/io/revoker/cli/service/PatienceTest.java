package io.revoker.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that can't answer, however often it is asked. */
class PatienceTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(40));

    private final AtomicInteger received = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 503;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void endsWithTheLastAnswer() {
        ServiceAnswer answer = calls(SHORT).getPatiently("/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(received).hasValueGreaterThan(1);
    }

    @Test
    void doesNotBeginAPauseThatIsLongerThanWhatIsLeft() {
        Duration hour = Duration.ofHours(1);

        calls(new Patience(Duration.ofMillis(300), hour, hour)).getPatiently("/");

        assertThat(received).hasValue(1);
    }

    @Test
    void repeatsNothingElse() {
        calls(SHORT).get("/");
        calls(SHORT).post("/", "form");
        calls(SHORT).delete("/");

        assertThat(received).hasValue(3);
    }

    @Test
    void takesARefusalAsItIs() {
        status = 403;

        assertThat(calls(SHORT).getPatiently("/").status()).isEqualTo(403);

        assertThat(received).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3, 3", "5, 5", "60, 5", "999999999999999999999, 5", "-1, 1", "soon, 1", "'', 1"})
    void waitsAsLongAsTheServiceAsksForWithinBounds(String retryAfter, long seconds) {
        assertThat(Patience.USUAL.pause(Optional.of(retryAfter))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void waitsForASecondIfTheServiceDoesNotSayHowLong() {
        assertThat(Patience.USUAL.pause(Optional.empty())).isEqualTo(Duration.ofSeconds(1));
    }

    private ServiceCalls calls(Patience patience) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return ServiceCalls.to(new Server(List.of(address), Optional.empty(), Optional.empty()), patience);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.incrementAndGet();
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
