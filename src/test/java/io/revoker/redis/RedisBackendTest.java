package io.revoker.redis;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.domain.Problem;
import io.revoker.testing.OnLoop;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisBackendTest {
    /** Many times the pause before a second attempt. */
    private static final int SILENCE_MILLIS = 500;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void triesNoMoreOnceItCouldNotOpen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Future<RedisBackend.Ports> opened = open("redis://127.0.0.1:" + server.getLocalPort());
            server.accept().close();
            assertThat(problem(opened).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);

            server.setSoTimeout(SILENCE_MILLIS);

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
        }
    }

    private Future<RedisBackend.Ports> open(String url) {
        RedisBackend backend = Tuning.DEFAULT.backend(vertx, url, "unused");
        return OnLoop.on(vertx.getOrCreateContext(), backend::open);
    }
}
