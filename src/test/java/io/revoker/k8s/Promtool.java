package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.revoker.testing.Processes;
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
        return test(rules, unitTests(), directory);
    }

    /** Whether they do what the unit tests of one alert say. */
    static Promtool test(AlertRules rules, String alert, Path directory) {
        ObjectNode some = unitTests();
        ArrayNode left = some.putArray("tests");
        unitTests()
                .path("tests")
                .valueStream()
                .filter(test -> isAbout(test, alert))
                .forEach(left::add);
        return test(rules, some, directory);
    }

    private static Promtool test(AlertRules rules, JsonNode tests, Path directory) {
        write(directory.resolve("rules.yaml"), rules.withoutAnnotations().yaml());
        write(directory.resolve("alerts.yaml"), tests.toString());
        return run(directory, "test", "rules", "alerts.yaml");
    }

    static ObjectNode unitTests() {
        try (var file = Promtool.class.getResourceAsStream(UNIT_TESTS)) {
            return (ObjectNode) new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAbout(JsonNode test, String alert) {
        return test.path("alert_rule_test")
                .valueStream()
                .anyMatch(question -> question.path("alertname").asText().equals(alert));
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
            return new Promtool(Processes.awaitEnd(process), output);
        } catch (IOException e) {
            throw new AssertionError("promtool: can't be run (expected: Prometheus' tools on the path)", e);
        }
    }
}
