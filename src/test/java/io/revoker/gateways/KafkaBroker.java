package io.revoker.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.testing.ClientProgram;
import io.revoker.testing.Gateway;
import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What authenticates the clients of a Kafka broker, as conf/gateways/kafka.properties sets it up but for the port. */
final class KafkaBroker implements AutoCloseable {
    private static final ClientProgram PROGRAM = new ClientProgram("kafka-oauth", "KafkaBroker.java");
    private static final Path RECIPE = Path.of("conf", "gateways", "kafka.properties");
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final Path directory;
    private int answers;

    private KafkaBroker(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    static KafkaBroker start(int revoker) {
        try {
            Path directory = Gateway.directory();
            Path settings = Files.writeString(
                    directory.resolve("server.properties"),
                    Files.readString(RECIPE).replace(":8080/", ":" + revoker + "/"));
            Process process = PROGRAM.with(List.of(settings.toString()))
                    .redirectError(directory.resolve("log").toFile())
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            KafkaBroker broker = new KafkaBroker(process, directory);
            Waiting.until(broker::said, START, () -> !broker.lines().isEmpty() || !process.isAlive());
            broker.next();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code in} and whom the broker takes the client for, or {@code out} and what it says to the client. */
    String login(String token) {
        try {
            process.getOutputStream().write((token + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
            return next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path place() {
        return directory;
    }

    @Override
    public void close() {
        process.destroy();
        Processes.awaitEnd(process);
    }

    private String next() {
        Waiting.until(this::said, Waiting.PATIENCE, () -> lines().size() > answers);
        return lines().get(answers++);
    }

    private List<String> lines() {
        return read("output").lines().toList();
    }

    private String said() {
        return "an answer: " + read("output") + read("log");
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
