package io.revoker.faults;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Http2Frames;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one client does with its connections, another one is served, and those connections end. */
class ResourceAttacksTest {
    private static final int IDLE = 1000;
    private static final int SLOW = 200;
    private static final int FRAMES = 20_000;
    private static final String CHECK = "GET /v1/check HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String HEAD = "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nX: ";
    private static final String BODY =
            "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10000\r\n\r\n{";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service =
                RunningService.start("--http.header-timeout=2s", "--http.idle-timeout=1m", "--http.request-timeout=1s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void idleConnectionsEnd() {
        try (Crowd crowd = Crowd.of(IDLE, service.port())) {
            assertServed();
            until("all are closed", () -> !crowd.drip());
        }
    }

    @Test
    void slowHeadsEnd() {
        try (Crowd crowd = Crowd.of(SLOW, service.port()).send(HEAD)) {
            assertServed();
            until("all are closed", () -> !crowd.drip());
        }
    }

    @Test
    void slowBodiesEnd() {
        try (Crowd crowd = Crowd.of(SLOW, service.port()).send(BODY)) {
            assertServed();
            until("all are closed", () -> !crowd.drip());
        }
        until("no request is left", () -> service.inFlight() == 0);
    }

    /** What is sent again and again: the stream's number goes with it. */
    record Flood(String name, List<byte[]> begin, IntFunction<byte[]> next) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Flood> floods() {
        List<byte[]> begun = List.of(Http2Frames.preface(), Http2Frames.unfinishedGet(1, "/v1/check"));
        return List.of(
                new Flood("resets", List.of(Http2Frames.preface()), i -> requestAndReset(2 * i + 1)),
                new Flood("headers without an end", begun, i -> Http2Frames.continuation(1, "x-" + i, "y".repeat(100))),
                new Flood("headers of nothing", begun, i -> Http2Frames.emptyContinuation(1)));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void floodsOfHttp2End(Flood flood) {
        try (RawConnection attacker = service.connect()) {
            flood.begin().forEach(attacker::send);

            Crowd.flood(attacker, FRAMES, flood.next());

            assertServed();
            assertThat(attacker.readToEnd()).as("closed by the server").isNotNull();
        }
        until("no request is left", () -> service.inFlight() == 0);
    }

    private static byte[] requestAndReset(int stream) {
        byte[] request = Http2Frames.get(stream, "/v1/check");
        byte[] reset = Http2Frames.reset(stream);
        byte[] both = new byte[request.length + reset.length];
        System.arraycopy(request, 0, both, 0, request.length);
        System.arraycopy(reset, 0, both, request.length, reset.length);
        return both;
    }

    private static void assertServed() {
        try (RawConnection honest = service.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(honest.exchange(CHECK).status()).isEqualTo(401);
            }
        }
    }
}
