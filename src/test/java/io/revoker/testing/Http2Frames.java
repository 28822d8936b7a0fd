package io.revoker.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113) by hand, for connections that no client would make. */
public final class Http2Frames {
    /** A setting: of each stream. */
    public static final int INITIAL_WINDOW_SIZE = 0x4;

    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int HEADERS = 0x1;
    private static final int RST_STREAM = 0x3;
    private static final int SETTINGS = 0x4;
    private static final int PING = 0x6;
    private static final int WINDOW_UPDATE = 0x8;
    private static final int CONTINUATION = 0x9;
    private static final byte[] CANCEL = {0, 0, 0, 8};

    private Http2Frames() {}

    /** What a client begins with. */
    public static byte[] preface() {
        return join("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), frame(SETTINGS, 0, 0));
    }

    /** One setting. */
    public static byte[] settings(int id, int value) {
        return frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) id).putInt(value).array());
    }

    /** Makes the window of the connection larger. */
    public static byte[] windowUpdate(int by) {
        return frame(
                WINDOW_UPDATE,
                0,
                0,
                ByteBuffer.allocate(Integer.BYTES).putInt(by).array());
    }

    /** A whole request: a GET of a path. */
    public static byte[] get(int stream, String path) {
        return get(stream, END_STREAM | END_HEADERS, path);
    }

    /** The same without an end of its headers. */
    public static byte[] unfinishedGet(int stream, String path) {
        return get(stream, END_STREAM, path);
    }

    private static byte[] get(int stream, int flags, String path) {
        byte[] head = {(byte) 0x82, (byte) 0x86};
        return frame(HEADERS, flags, stream, join(head, literal(0x44, path), literal(0x41, "localhost")));
    }

    public static byte[] reset(int stream) {
        return frame(RST_STREAM, 0, stream, CANCEL);
    }

    public static byte[] ping() {
        return frame(PING, 0, 0, new byte[8]);
    }

    /** One more header. */
    public static byte[] continuation(int stream, String name, String value) {
        return frame(CONTINUATION, 0, stream, join(new byte[] {0}, text(name), text(value)));
    }

    /** Of no header at all. */
    public static byte[] emptyContinuation(int stream) {
        return frame(CONTINUATION, 0, stream);
    }

    private static byte[] literal(int index, String value) {
        return join(new byte[] {(byte) index}, text(value));
    }

    /** Shorter than 127 octets (RFC 7541 5.2). */
    private static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        return join(new byte[] {(byte) bytes.length}, bytes);
    }

    private static byte[] frame(int type, int flags, int stream, byte[]... payload) {
        byte[] body = join(payload);
        byte[] head = {
            (byte) (body.length >> 16),
            (byte) (body.length >> 8),
            (byte) body.length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        };
        return join(head, body);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
