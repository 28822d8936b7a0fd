package io.revoker.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** Finds the end of each answer on a connection that has one request under way. Knows Content-Length only. */
final class AnswerReader implements Handler<Buffer> {
    private static final int STATUS_CLASS = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length: ";

    private final Consumer<Outcome> answered;
    private byte[] arrived = new byte[0];

    AnswerReader(Consumer<Outcome> answered) {
        this.answered = answered;
    }

    /** What an answer was. */
    enum Outcome {
        SUCCESS,
        REFUSED
    }

    @Override
    public void handle(Buffer bytes) {
        arrived = arrived.length == 0
                ? bytes.getBytes()
                : Buffer.buffer(arrived).appendBuffer(bytes).getBytes();
        String text = new String(arrived, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0 || arrived.length < head + 4 + bodyLength(text.substring(0, head + 2))) {
            return;
        }
        arrived = new byte[0];
        answered.accept(text.charAt(STATUS_CLASS) == '2' ? Outcome.SUCCESS : Outcome.REFUSED);
    }

    private static int bodyLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + LENGTH.length())));
    }
}
