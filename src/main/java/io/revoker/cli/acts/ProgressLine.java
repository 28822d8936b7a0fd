package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.Locale;
import java.util.function.Supplier;

/** One line that is written over itself, in ASCII; nothing where there is no terminal. */
final class ProgressLine {
    private static final int BAR = 20;

    private final CommandIo io;
    private boolean shown;

    ProgressLine(CommandIo io) {
        this.io = io;
    }

    /** @param interrupted what is said if a Ctrl-C ends the work */
    <T> T whileShown(Supplier<String> interrupted, Supplier<T> work) {
        Thread goodbye = new Thread(() -> leave(interrupted.get()));
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            return work.get();
        } finally {
            clear();
            remove(goodbye);
        }
    }

    private static void remove(Thread goodbye) {
        try {
            Runtime.getRuntime().removeShutdownHook(goodbye);
        } catch (IllegalStateException e) {
            // The process is ending, and the line is being printed.
        }
    }

    synchronized void show(String text) {
        if (io.console().isPresent()) {
            write(text);
            shown = true;
        }
    }

    private synchronized void clear() {
        if (shown) {
            write("");
            io.err().print('\r');
            io.err().flush();
            shown = false;
        }
    }

    /** The last line, below what was shown. */
    private synchronized void leave(String text) {
        io.err().println((shown ? System.lineSeparator() : "") + text);
        io.err().flush();
    }

    /** One column less than there are: a full line would make some terminals begin another. */
    private void write(String text) {
        int width = io.width() - 1;
        String fitting = text.length() > width ? text.substring(0, width) : text;
        io.err().print('\r' + fitting + " ".repeat(width - fitting.length()));
        io.err().flush();
    }

    /** How much of all is done. */
    static String bar(long done, long all) {
        int percent = all == 0 ? 0 : (int) (done * 100 / all);
        int full = percent * BAR / 100;
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + percent + "%";
    }

    /** Of a sweep. */
    static String text(JsonNode sweep) {
        long seen = sweep.path("holders_seen").asLong();
        String rest = sweep.has("remaining_seconds_estimated")
                ? ", " + sweep.path("remaining_seconds_estimated").asLong() + " s left"
                : "";
        String rate = sweep.has("invalidated_per_second")
                ? String.format(
                        Locale.ROOT,
                        " (%,d/s)",
                        sweep.path("invalidated_per_second").asLong())
                : "";
        return bar(seen, Math.max(seen, sweep.path("holders_estimated").asLong()))
                + (sweep.path("state").asText().equals("waiting") ? " waiting for room, " : " ")
                + Shown.count(sweep.path("invalidated_tokens").asLong(), "token")
                + rate
                + rest;
    }
}
