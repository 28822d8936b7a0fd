package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** A client of HTTP/2 that takes no answers, but shows that it is there. */
class SlowHttp2ClientsTest {
    private static final int LARGE_ANSWERS = 60;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int WHOLE = 5; // END_STREAM, END_HEADERS

    @Test
    void closesAConnectionThatPingsAndDoesNotReadItsAnswers() {
        try (RunningService service = RunningService.start(
                        "--http.header-timeout=300ms", "--http.idle-timeout=2s", "--http.request-timeout=400ms");
                RawConnection connection = RawConnection.to(service.port()).receiving(4096)) {
            Buffer start = Buffer.buffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                    .appendBuffer(frame(
                            SETTINGS,
                            0,
                            0,
                            Buffer.buffer().appendShort((short) 4).appendInt(Integer.MAX_VALUE)))
                    .appendBuffer(frame(WINDOW_UPDATE, 0, 0, Buffer.buffer().appendInt(Integer.MAX_VALUE - 65_535)));
            for (int i = 0; i < LARGE_ANSWERS; i++) {
                start.appendBuffer(frame(HEADERS, WHOLE, 2 * i + 1, get("/openapi.yaml")));
            }
            connection.send(start.getBytes());
            assertThat(connection.readUntil("openapi: 3")).isNotEmpty();

            byte[] ping = frame(PING, 0, 0, Buffer.buffer().appendLong(1)).getBytes();
            Waiting.until("closed", () -> !connection.offer(ping));
        }
    }

    /** RFC 7541: three of the static table, and two names of it with values. */
    private static Buffer get(String path) {
        return Buffer.buffer(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length()})
                .appendString(path)
                .appendBytes(new byte[] {0x01, (byte) "localhost".length()})
                .appendString("localhost");
    }

    private static Buffer frame(int type, int flags, int stream, Buffer payload) {
        return Buffer.buffer()
                .appendMedium(payload.length())
                .appendByte((byte) type)
                .appendByte((byte) flags)
                .appendInt(stream)
                .appendBuffer(payload);
    }
}
