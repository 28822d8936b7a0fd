package io.revoker.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tool of Prometheus says of rules. */
record Promtool(int status, String output) {
    private static final String UNIT_TESTS = "/io/revoker/k8s/alerts.yaml";

    /** Whether they can be read. */
    static Promtool check(AlertRules rules, Path directory) {
        write(directory.resolve("rules.yaml"), rules.yaml());
        return run(directory, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");
    }

    /** Whether they do what their unit tests say. */
    static Promtool test(AlertRules rules, Path directory) {
        write(directory.resolve("rules.yaml"), rules.withoutAnnotations().yaml());
        write(directory.resolve("alerts.yaml"), unitTests());
        return run(directory, "test", "rules", "alerts.yaml");
    }

    static String unitTests() {
        try (var file = Promtool.class.getResourceAsStream(UNIT_TESTS)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Promtool run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Promtool(process.onExit().join().exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError("promtool: can't be run (expected: Prometheus' tools on the path)", e);
        }
    }
}
