package io.revoker.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the replies of Redis past, without keeping them. An error ends the run. */
record Replies(InputStream in) {
    static Replies of(InputStream in) {
        return new Replies(new BufferedInputStream(in, 1 << 16));
    }

    void skip() throws IOException {
        int type = in.read();
        String line = line();
        switch (type) {
            case ':', '+' -> {}
            case '$' -> in.skipNBytes(Math.max(-2, Integer.parseInt(line)) + 2L);
            case '*' -> skipAll(Integer.parseInt(line));
            default -> throw new IOException("Redis: " + line);
        }
    }

    private void skipAll(int replies) throws IOException {
        for (int i = 0; i < replies; i++) {
            skip();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis: gone");
            }
            line.append((char) next);
        }
        in.skipNBytes(1);
        return line.toString();
    }
}
