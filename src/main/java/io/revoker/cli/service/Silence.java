package io.revoker.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Closes a stream from which nothing comes any more: a connection may be gone without a word. */
final class Silence implements AutoCloseable {
    private static final int LOOKS = 4;

    private final Timer timer = new Timer("silence", true);
    private volatile long heard = System.nanoTime();

    private Silence() {}

    /** @param longest after which the stream is closed */
    static Silence of(InputStream stream, Duration longest) {
        Silence silence = new Silence();
        long pause = Math.max(1, longest.toMillis() / LOOKS);
        silence.timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        if (System.nanoTime() - silence.heard > longest.toNanos()) {
                            cut(stream);
                        }
                    }
                },
                pause,
                pause);
        return silence;
    }

    private static void cut(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void heard() {
        heard = System.nanoTime();
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
