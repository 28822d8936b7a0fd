package io.revoker.testing;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The {@code kubectl} on the path, or the one that a variable names. */
public final class KubectlProgram {
    private static final String VARIABLE = "REVOKER_TEST_KUBECTL";

    private KubectlProgram() {}

    /** A process that is not started yet. */
    public static ProcessBuilder with(String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(System.getenv().getOrDefault(VARIABLE, "kubectl")), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command);
    }

    /** Waits for its end, and returns its exit status. */
    public static int run(ProcessBuilder command) {
        try {
            return Processes.awaitEnd(command.start());
        } catch (IOException e) {
            throw new AssertionError(
                    "kubectl: can't be run (expected: kubectl 1.32 or newer on the path, or named by " + VARIABLE + ")",
                    e);
        }
    }
}
