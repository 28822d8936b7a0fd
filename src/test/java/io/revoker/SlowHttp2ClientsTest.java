package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Http2Frames;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import org.junit.jupiter.api.Test;

/** A client of HTTP/2 that takes no answers, but shows that it is there. */
class SlowHttp2ClientsTest {
    private static final int LARGE_ANSWERS = 60;

    @Test
    void closesAConnectionThatPingsAndDoesNotReadItsAnswers() {
        try (RunningService service = RunningService.start(
                        "--http.header-timeout=300ms", "--http.idle-timeout=2s", "--http.request-timeout=400ms");
                RawConnection connection = RawConnection.to(service.port()).receiving(4096)) {
            connection
                    .send(Http2Frames.preface())
                    .send(Http2Frames.settings(Http2Frames.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE))
                    .send(Http2Frames.windowUpdate(Integer.MAX_VALUE - 65_535));
            for (int i = 0; i < LARGE_ANSWERS; i++) {
                connection.send(Http2Frames.get(2 * i + 1, "/openapi.yaml"));
            }
            assertThat(connection.readUntil("openapi: 3")).isNotEmpty();

            Waiting.until("closed", () -> !connection.offer(Http2Frames.ping()));
        }
    }
}
