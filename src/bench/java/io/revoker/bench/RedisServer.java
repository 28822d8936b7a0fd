package io.revoker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The Redis that is measured: a process of its own on a free port. */
final class RedisServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final ProcessBuilder command;
    private final int port;
    private Process process;

    private RedisServer(ProcessBuilder command, int port) throws IOException {
        this.command = command;
        this.port = port;
        this.process = command.start();
    }

    /** What Redis writes to disk. */
    enum Persistence {
        ALWAYS("appendfsync always", "--appendonly yes --appendfsync always"),
        NONE("no persistence", "--appendonly no");

        final String words;
        private final String options;

        Persistence(String words, String options) {
            this.words = words;
            this.options = options;
        }
    }

    /** @param server path of the executable; empty for the embedded one */
    static RedisServer start(String server, Path directory, Persistence persistence) throws IOException {
        return start(server, directory, List.of(persistence.options.split(" ", -1)));
    }

    /** @param options further arguments of the server */
    static RedisServer start(String server, Path directory, List<String> options) throws IOException {
        Files.createDirectories(directory);
        String executable = server.isEmpty()
                ? ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .getAbsolutePath()
                : server;
        int port = Ports.free();
        List<String> command = Stream.concat(
                        Stream.of(executable, "--bind", "127.0.0.1", "--port", "" + port, "--save", ""),
                        options.stream())
                .toList();
        RedisServer started = new RedisServer(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("redis.log").toFile()),
                port);
        Ports.awaitListening(port);
        return started;
    }

    /** Kills it, and starts it with what it has written. Returns when it listens again. */
    void restart() throws IOException {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process = command.start();
        Ports.awaitListening(port);
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** The processor time that it has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
