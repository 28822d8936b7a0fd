package io.revoker.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A WebSocket, by hand, whose client does not answer when it is closed. */
final class StubbornSocket implements AutoCloseable {
    private static final byte[] MASK = {0, 0, 0, 0};

    private final RawConnection connection;

    private StubbornSocket(RawConnection connection) {
        this.connection = connection;
    }

    static StubbornSocket open(int port, String token) {
        RawConnection connection = RawConnection.to(port, Waiting.PATIENCE);
        assertThat(connection
                        .send("GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Authorization: Bearer " + token + "\r\n\r\n")
                        .readHead()
                        .status())
                .isEqualTo(101);
        assertThat(connection.readText(7)).endsWith("hello");
        return new StubbornSocket(connection);
    }

    /** False if the server has closed the connection. */
    boolean say(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | bytes.length);
        frame.writeBytes(MASK);
        frame.writeBytes(bytes);
        return connection.offer(frame.toByteArray());
    }

    /** Until the server has said that it closes, and why. */
    void awaitClose() {
        assertThat(connection.readText(17)).endsWith("token revoked");
    }

    /** Until it has closed the connection. */
    void awaitEnd() {
        connection.readToEnd();
    }

    @Override
    public void close() {
        connection.close();
    }
}
