package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.Main;
import io.revoker.testing.Jvm;
import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A command in a process of its own at a pseudo-terminal, which {@code script} of util-linux makes. */
final class Terminal implements AutoCloseable {
    static final String CTRL_C = "\u0003";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private Terminal(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param arguments of the command, without anything that a shell would see as more than a word */
    static Terminal run(Path directory, Map<String, String> variables, String... arguments) {
        // A shell that starts the tests in the background has them ignore SIGINT, and so would the command.
        String command = "exec env --default-signal=INT " + String.join(" ", Jvm.command())
                + " -cp '" + System.getProperty("java.class.path") + "' " + Main.class.getName() + " "
                + String.join(" ", arguments);
        return ofProgram(directory, variables, command);
    }

    /** @param command a line for a shell */
    static Terminal ofProgram(Path directory, Map<String, String> variables, String command) {
        try {
            Path output = Files.createTempFile(directory, "terminal", ".log");
            ProcessBuilder builder = new ProcessBuilder(List.of("script", "-qefc", command, "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("REVOKER_"));
            builder.environment().putAll(Map.of("SHELL", "/bin/sh", "TERM", "xterm", "HOME", directory.toString()));
            builder.environment().putAll(variables);
            return new Terminal(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Terminal awaitText(String text) {
        Waiting.until(() -> text + " in:\n" + output(), PATIENCE, () -> output().contains(text));
        return this;
    }

    /** As a person does; a line ends with a line feed. */
    Terminal type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(UTF_8));
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() {
        Waiting.until(() -> "ended:\n" + output(), PATIENCE, () -> !process.isAlive());
        return process.exitValue();
    }

    /** All that was shown, what was typed too where the terminal echoes it. */
    String output() {
        try {
            return new String(Files.readAllBytes(output), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        Processes.awaitEnd(process.destroyForcibly());
    }
}
