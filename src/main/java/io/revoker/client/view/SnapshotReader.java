package io.revoker.client.view;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the compact form of a snapshot as its bytes come, as the manual's page on the feed describes it. */
final class SnapshotReader {
    static final int MAGIC = 0x52564B53; // RVKS
    static final byte VERSION = 1;
    static final int HEAD_BYTES = 40;
    private static final int PAIR_BYTES = 16;

    private final int most;
    private final ByteBuffer part = ByteBuffer.allocate(HEAD_BYTES);
    private Known known = Known.nothing();
    private int width;
    private long stamp;
    private long marks = -1;
    private long locks;
    private long tokens;
    private boolean first = true;
    private long hash;

    /** @param most entries that there may be */
    SnapshotReader(int most) {
        this.most = most;
    }

    void read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && !isEnded()) {
            int size = nextSize();
            while (part.position() < size && bytes.hasRemaining()) {
                part.put(bytes.get());
            }
            if (part.position() == size) {
                part.flip();
                take();
                part.clear();
            }
            skipEmpty();
        }
        if (bytes.hasRemaining()) {
            throw broken("more bytes than it says");
        }
    }

    private boolean isEnded() {
        return marks == 0 && locks == 0 && tokens == 0;
    }

    private int nextSize() {
        if (marks < 0) {
            return HEAD_BYTES;
        }
        if (marks + locks > 0) {
            return PAIR_BYTES;
        }
        return first ? Long.BYTES : width;
    }

    private void take() throws IOException {
        if (marks < 0) {
            head();
        } else if (marks > 0) {
            marks--;
            known.mark(part.getLong(), part.getLong());
        } else if (locks > 0) {
            locks--;
            known.lock(part.getLong(), part.getLong());
        } else {
            tokens--;
            token();
        }
    }

    private void head() throws IOException {
        if (part.getInt() != MAGIC || part.get() != VERSION) {
            throw broken("of another form");
        }
        width = part.get();
        part.getShort();
        stamp = part.getLong();
        long since = part.getLong();
        marks = Integer.toUnsignedLong(part.getInt());
        locks = Integer.toUnsignedLong(part.getInt());
        tokens = part.getLong();
        if (width < 0 || width > Long.BYTES || stamp < 0 || since < 0 || tokens < 0) {
            throw broken("a number out of its bounds");
        }
        if (tokens > most || marks + locks + tokens > most) {
            throw new IOException("snapshot: more entries than the view may have (expected: at most " + most + ")");
        }
        known = new Known(since, (int) tokens, (int) marks, (int) locks);
    }

    private void token() {
        if (first) {
            first = false;
            hash = part.getLong();
        } else {
            long difference = 0;
            while (part.hasRemaining()) {
                difference = difference << Byte.SIZE | Byte.toUnsignedLong(part.get());
            }
            hash += difference;
        }
        known.token(hash);
    }

    /** Differences of no bytes are all 0: the same hash again. */
    private void skipEmpty() {
        if (marks == 0 && locks == 0 && !first && width == 0) {
            tokens = 0;
        }
    }

    /** What it has, when all of it was read. */
    Known known() throws IOException {
        if (!isEnded()) {
            throw broken("fewer bytes than it says");
        }
        return known;
    }

    long stamp() {
        return stamp;
    }

    private static IOException broken(String what) {
        return new IOException("snapshot: " + what + " (expected: the compact form, version " + VERSION + ")");
    }
}
