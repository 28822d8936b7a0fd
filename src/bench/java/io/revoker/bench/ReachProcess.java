package io.revoker.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process of {@link ReachFollowers}. */
final class ReachProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final BufferedWriter commands;
    private final ConcurrentHashMap<String, CompletableFuture<Long>> said = new ConcurrentHashMap<>();

    private ReachProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
    }

    /**
     * How its followers are.
     *
     * @param names what those begin with under which they confirm; empty if they don't
     */
    record Setting(int followers, URI service, int redis, long interval, Optional<String> names) {
        List<String> arguments() {
            List<String> all = new ArrayList<>(List.of("" + followers, service.toString(), "" + redis, "" + interval));
            names.ifPresent(all::add);
            return all;
        }
    }

    /** Does not wait. */
    static ReachProcess start(Setting setting, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Xss256k",
                "-cp",
                System.getProperty("java.class.path", ""),
                ReachFollowers.class.getName()));
        command.addAll(setting.arguments());
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        ReachProcess started = new ReachProcess(process);
        Thread reader = new Thread(started::read, "followers");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                answer(words[0], words[1]).complete(Long.parseLong(words[2]));
            }
        } catch (IOException gone) {
            System.err.println("followers: " + gone);
        }
    }

    private CompletableFuture<Long> answer(String what, String name) {
        return said.computeIfAbsent(what + ' ' + name, key -> new CompletableFuture<>());
    }

    /** Waits until it has said so, and returns the time that it said; it says each thing once. */
    long await(String what, String name) throws InterruptedException {
        try {
            long time = answer(what, name).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            said.remove(what + ' ' + name);
            return time;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("followers: not " + what + ' ' + name, e);
        }
    }

    /** Sends a command. */
    void tell(String... words) throws IOException {
        commands.write(String.join(" ", words) + '\n');
        commands.flush();
    }

    /** That its clock is this one. */
    void requireOneClock() throws IOException, InterruptedException {
        long before = System.nanoTime();
        tell("clock");
        long there = await("clock", "-");
        if (there < before || there > System.nanoTime()) {
            throw new IllegalStateException("clock: another one in each process (expected: CLOCK_MONOTONIC)");
        }
    }

    /** Sends a signal, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        new Program(Path.of("kill")).run(List.of("-" + name, "" + process.pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
