package io.revoker.http.feed;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A snapshot as bytes, some at a time. */
abstract sealed class SnapshotForm implements Iterator<Buffer> {
    private static final int TOGETHER = 16 * 1024;

    private final Snapshot snapshot;
    private int next = -1;

    private SnapshotForm(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static SnapshotForm json(Snapshot snapshot) {
        return new JsonForm(snapshot);
    }

    static SnapshotForm binary(Snapshot snapshot) {
        return new Binary(snapshot);
    }

    final int marks() {
        return snapshot.marks().length / 2;
    }

    final int locks() {
        return snapshot.locks().length / 2;
    }

    final int tokens() {
        return snapshot.tokens().length;
    }

    @Override
    public final boolean hasNext() {
        return next <= marks() + locks() + tokens();
    }

    @Override
    public final Buffer next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Buffer some = Buffer.buffer(TOGETHER);
        while (hasNext() && some.length() < TOGETHER) {
            part(some, next++);
        }
        return some;
    }

    private void part(Buffer to, int number) {
        int lock = number - marks();
        int token = lock - locks();
        if (number < 0) {
            begin(to, snapshot);
        } else if (lock < 0) {
            mark(to, number, snapshot.marks()[2 * number], snapshot.marks()[2 * number + 1]);
        } else if (token < 0) {
            lock(to, lock, snapshot.locks()[2 * lock], snapshot.locks()[2 * lock + 1]);
        } else if (token < tokens()) {
            token(to, token, snapshot.tokens()[token]);
        } else {
            end(to);
        }
    }

    abstract void begin(Buffer to, Snapshot what);

    abstract void mark(Buffer to, int number, long hash, long value);

    abstract void lock(Buffer to, int number, long hash, long until);

    abstract void token(Buffer to, int number, long hash);

    abstract void end(Buffer to);

    /** For people, and for programs that have no need to save bytes. */
    private static final class JsonForm extends SnapshotForm {
        private static final HexFormat HEX = HexFormat.of();

        JsonForm(Snapshot snapshot) {
            super(snapshot);
        }

        @Override
        void begin(Buffer to, Snapshot what) {
            write(to, "{\"stamp\":\"" + what.stamp() + "\",\"since\":\"" + what.since() + "\",\"marks\":[");
            if (marks() == 0) {
                afterMarks(to);
            }
        }

        private void afterMarks(Buffer to) {
            write(to, "],\"locks\":[");
            if (locks() == 0) {
                afterLocks(to);
            }
        }

        private static void afterLocks(Buffer to) {
            write(to, "],\"tokens\":[");
        }

        @Override
        void mark(Buffer to, int number, long hash, long value) {
            write(
                    to,
                    (number == 0 ? "" : ",") + "{\"hash\":\"" + HEX.toHexDigits(hash) + "\",\"value\":\"" + value
                            + "\"}");
            if (number + 1 == marks()) {
                afterMarks(to);
            }
        }

        @Override
        void lock(Buffer to, int number, long hash, long until) {
            write(
                    to,
                    (number == 0 ? "" : ",") + "{\"hash\":\"" + HEX.toHexDigits(hash) + "\",\"until\":\"" + until
                            + "\"}");
            if (number + 1 == locks()) {
                afterLocks(to);
            }
        }

        @Override
        void token(Buffer to, int number, long hash) {
            write(to, (number == 0 ? "\"" : ",\"") + HEX.toHexDigits(hash) + '"');
        }

        @Override
        void end(Buffer to) {
            write(to, "]}");
        }

        private static void write(Buffer to, String text) {
            to.appendBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** As the manual describes it byte for byte: at most 8 bytes a token. */
    private static final class Binary extends SnapshotForm {
        private static final String MAGIC = "RVKS";
        private static final byte VERSION = 1;

        private final int width;
        private long before;

        Binary(Snapshot snapshot) {
            super(snapshot);
            this.width = width(snapshot.tokens());
        }

        /** Bytes of the greatest difference. */
        private static int width(long[] tokens) {
            long bits = 0;
            for (int i = 1; i < tokens.length; i++) {
                bits |= tokens[i] - tokens[i - 1];
            }
            return (Long.SIZE - Long.numberOfLeadingZeros(bits) + Byte.SIZE - 1) / Byte.SIZE;
        }

        @Override
        void begin(Buffer to, Snapshot what) {
            to.appendString(MAGIC)
                    .appendByte(VERSION)
                    .appendByte((byte) width)
                    .appendShort((short) 0)
                    .appendLong(what.stamp().micros())
                    .appendLong(what.since().micros())
                    .appendInt(marks())
                    .appendInt(locks())
                    .appendLong(tokens());
        }

        @Override
        void mark(Buffer to, int number, long hash, long value) {
            to.appendLong(hash).appendLong(value);
        }

        @Override
        void lock(Buffer to, int number, long hash, long until) {
            to.appendLong(hash).appendLong(until);
        }

        @Override
        void token(Buffer to, int number, long hash) {
            if (number == 0) {
                to.appendLong(hash);
            } else {
                long difference = hash - before;
                for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                    to.appendByte((byte) (difference >>> shift));
                }
            }
            before = hash;
        }

        @Override
        void end(Buffer to) {}
    }
}
