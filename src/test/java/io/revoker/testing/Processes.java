package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Processes of the test's own, found by their executable and ended by their id. */
public final class Processes {
    private Processes() {}

    public static List<ProcessHandle> runningFrom(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(directory))
                        .isPresent())
                .toList();
    }

    /**
     * Waits for its end, and returns its exit status. {@link Process#onExit} needs a free thread of the common pool
     * since Java 25, and on two cores a test that works there takes the only one.
     */
    public static int awaitEnd(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Runs a program to its end; fails if that is no success. */
    public static void run(String... command) {
        try {
            int status = awaitEnd(new ProcessBuilder(command).start());
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void signal(String name, ProcessHandle process) {
        run("kill", "-" + name, Long.toString(process.pid()));
    }
}
