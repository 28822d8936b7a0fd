package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a process, a session and a working directory of its own. */
public final class JarProcess implements AutoCloseable {
    /** For tests that end no Redis: what they ask for first is done on a busy machine, too. */
    public static final String PATIENT = "--redis.call-timeout=10s";

    private static final List<String> USUAL =
            List.of("--http.port=0", "--management.port=0", "--redis.connect-timeout=20s");

    private static final Pattern READY =
            Pattern.compile("ready on https?://\\S+:(\\d+), management on http://\\S+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path directory;
    private final Path output;
    private final long started = System.nanoTime();

    private JarProcess(Process process, Path directory, Path output) {
        this.process = process;
        this.directory = directory;
        this.output = output;
    }

    /** Starts it, on free ports unless others are given, with patience for a busy machine, and does not wait. */
    public static JarProcess start(Path directory, String... arguments) {
        return start(directory, Map.of(), arguments);
    }

    /** The same with variables of our own. */
    public static JarProcess start(Path directory, Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String usual : USUAL) {
            if (all.stream().noneMatch(argument -> argument.startsWith(usual.substring(0, usual.indexOf('=') + 1)))) {
                all.add(usual);
            }
        }
        return run(directory, all, environment);
    }

    public static JarProcess run(Path directory, List<String> arguments) {
        return run(directory, arguments, Map.of());
    }

    /** A copy of the jar. */
    public static JarProcess run(Path copy, Path directory, List<String> arguments) {
        return run(copy, directory, arguments, Map.of());
    }

    /** With variables of our own, and no others. */
    public static JarProcess run(Path directory, List<String> arguments, Map<String, String> environment) {
        return run(Path.of(System.getProperty("revoker.jar")), directory, arguments, environment);
    }

    private static JarProcess run(Path jar, Path directory, List<String> arguments, Map<String, String> environment) {
        try {
            // A shell that starts the tests in the background has them ignore SIGINT, and so would the service.
            List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
            command.addAll(Jvm.command("-jar", jar.toAbsolutePath().toString()));
            command.addAll(arguments);
            Path output = Files.createTempFile(directory, "out", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("REVOKER_"));
            builder.environment().putAll(environment);
            return new JarProcess(builder.start(), directory, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it logs that it is ready; returns how long that took. */
    public Duration awaitReady() {
        until("ready", () -> ready().isPresent());
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Waits until it is ready or has given up; returns which. */
    public boolean awaitReadyOrEnd() {
        until("ready or ended", () -> ready().isPresent() || !process.isAlive());
        return ready().isPresent();
    }

    public int port() {
        return Integer.parseInt(ready().orElseThrow().group(1));
    }

    public int managementPort() {
        return Integer.parseInt(ready().orElseThrow().group(2));
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawConnection connect() {
        return RawConnection.to(port());
    }

    public long pid() {
        return process.pid();
    }

    /** Files and connections that it has open. */
    public int descriptors() {
        String[] open = Path.of("/proc", Long.toString(pid()), "fd").toFile().list();
        if (open == null) {
            throw new AssertionError("not running:\n" + output());
        }
        return open.length;
    }

    /** The Redis processes that it runs, or has left behind. */
    public List<ProcessHandle> redis() {
        return Processes.runningFrom(directory.resolve("data").resolve("bin").toAbsolutePath());
    }

    public void signal(String name) {
        Processes.signal(name, process.toHandle());
    }

    public void kill() {
        Processes.awaitEnd(process.destroyForcibly());
    }

    /** The exit status. */
    public int awaitExit() {
        until("ended", () -> !process.isAlive());
        return process.exitValue();
    }

    public void until(String what, BooleanSupplier condition) {
        Waiting.until(() -> what + ":\n" + output(), PATIENCE, condition);
    }

    /** Ends it and its Redis, whatever they do. */
    @Override
    public void close() {
        kill();
        redis().forEach(orphan -> {
            orphan.destroyForcibly();
            until("the Redis has ended", () -> !orphan.isAlive());
        });
    }

    private Optional<Matcher> ready() {
        return Optional.of(READY.matcher(output())).filter(Matcher::find);
    }
}
