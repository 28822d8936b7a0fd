package io.revoker.bridge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Optional;

/** Cuts what comes over a connection into frames, none of which is longer than may be. */
final class FrameReader {
    private static final int TOO_LARGE = 413;

    private final RecordParser parser;
    private final int longest;
    private final Handler<Buffer> frames;
    private final Refused refused;
    private boolean inFrame;
    private boolean ended;

    /** Called with what ends the connection. */
    interface Refused {
        void with(Optional<Frame> frame, int code, String message);
    }

    FrameReader(NetSocket socket, int longest, Handler<Buffer> frames, Refused refused) {
        this.parser = RecordParser.newFixed(Integer.BYTES, socket);
        this.longest = longest;
        this.frames = frames;
        this.refused = refused;
    }

    void begin() {
        parser.exceptionHandler(gone -> {});
        parser.handler(this::take);
    }

    /** Whether frames are wanted; those that come meanwhile wait in the network. */
    void flow(boolean wanted) {
        if (wanted && !ended) {
            parser.resume();
        } else {
            parser.pause();
        }
    }

    private void take(Buffer bytes) {
        if (ended) {
            return;
        }
        if (inFrame) {
            inFrame = false;
            parser.fixedSizeMode(Integer.BYTES);
            frames.handle(bytes);
            return;
        }
        int length = bytes.getInt(0);
        if (length < 1 || length > longest) {
            ended = true;
            refused.with(
                    Optional.empty(),
                    TOO_LARGE,
                    "frame: " + length + " bytes (expected: 1 to " + longest + ", bridge.max-frame-size)");
            return;
        }
        inFrame = true;
        parser.fixedSizeMode(length);
    }
}
