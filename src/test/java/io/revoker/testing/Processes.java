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

    public static void signal(String name, ProcessHandle process) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + ": no such process");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
