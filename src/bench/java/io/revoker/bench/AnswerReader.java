package io.revoker.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** Finds the end of each answer on a connection. Knows Content-Length only. */
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
        while (takeAnswer()) {
            // several may have come at once
        }
    }

    private boolean takeAnswer() {
        String text = new String(arrived, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        int end = head < 0 ? Integer.MAX_VALUE : head + 4 + bodyLength(text.substring(0, head + 2));
        if (arrived.length < end) {
            return false;
        }
        arrived = Arrays.copyOfRange(arrived, end, arrived.length);
        answered.accept(text.charAt(STATUS_CLASS) == '2' ? Outcome.SUCCESS : Outcome.REFUSED);
        return arrived.length > 0;
    }

    private static int bodyLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + LENGTH.length())));
    }
}
