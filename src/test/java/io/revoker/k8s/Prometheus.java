package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Call;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Reply;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Prometheus of the test's own, which scrapes one instance every second, under the labels that it has in Kubernetes. */
final class Prometheus implements AutoCloseable {
    private static final String CONFIGURATION = """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: revoker
                static_configs:
                  - targets: ["127.0.0.1:%d"]
                    labels: {namespace: revoker, pod: revoker-0}
            """;

    private final Path directory;
    private int port;
    private Process process;

    private Prometheus(Path directory) {
        this.directory = directory;
        this.port = RedisProcess.freePort();
        this.process = launch();
    }

    /** @param target the management port that it scrapes */
    static Prometheus start(Path directory, AlertRules rules, int target) {
        try {
            Files.writeString(directory.resolve("prometheus.yaml"), CONFIGURATION.formatted(target));
            Files.writeString(directory.resolve("rules.yaml"), rules.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Prometheus prometheus = new Prometheus(directory);
        Waiting.until("Prometheus is up", prometheus::isUp, prometheus::close);
        return prometheus;
    }

    /** The answer to an expression. */
    Reply ask(String expression) {
        return call("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** The values of what an expression gives; none if there is an error. */
    List<Double> values(String expression) {
        return ask(expression)
                .json()
                .at("/data/result")
                .valueStream()
                .map(series -> Double.valueOf(series.at("/value/1").asText().replace("Inf", "Infinity")))
                .toList();
    }

    /** What Prometheus says of the rules. */
    List<JsonNode> rules() {
        return call("/api/v1/rules")
                .json()
                .at("/data/groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    /** Waits until it has scraped what was there when this was called, and all of it twice. */
    void awaitScrapes() {
        double before = scrapes();
        Waiting.until("scraped", () -> scrapes() >= before + 3);
    }

    private double scrapes() {
        return values("count_over_time(revoker_ready[1h])").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Another one that has taken the port is not taken for ours. */
    private boolean isUp() {
        if (!process.isAlive()) {
            port = RedisProcess.freePort();
            process = launch();
        }
        try {
            return call("/-/ready").status() == 200 && process.isAlive();
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    private Reply call(String path) {
        return Call.of("GET", URI.create("http://127.0.0.1:" + port + path)).send();
    }

    private Process launch() {
        try {
            return new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + directory.resolve("prometheus.yaml"),
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--log.level=warn")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("prometheus.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("prometheus: can't be run (expected: on the path)", e);
        }
    }

    @Override
    public void close() {
        Processes.awaitEnd(process.destroyForcibly());
    }
}
