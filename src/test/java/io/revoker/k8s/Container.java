package io.revoker.k8s;

import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container that runs under runc. */
final class Container implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("ready on https?://\\S+:(\\d+), management on http://\\S+:(\\d+)");

    private final Process runc;
    private final Path output;

    private Container(Process runc, Path output) {
        this.runc = runc;
        this.output = output;
    }

    /** Starts what the bundle in the directory says, and waits until it is ready. */
    static Container start(Path directory) {
        Path output = directory.resolve("output.log");
        try {
            Process runc = new ProcessBuilder(
                            "runc",
                            "--root",
                            directory.resolve("state").toString(),
                            "run",
                            "--bundle",
                            directory.toString(),
                            "revoker-" + ProcessHandle.current().pid())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Container container = new Container(runc, output);
            Waiting.until("ready or ended", () -> container.ready().isPresent() || !runc.isAlive());
            if (!runc.isAlive()) {
                throw new AssertionError("ended:\n" + container.output());
            }
            return container;
        } catch (IOException e) {
            throw new AssertionError("runc: can't be run (expected: on the path)", e);
        }
    }

    int port() {
        return Integer.parseInt(ready().orElseThrow().group(1));
    }

    int managementPort() {
        return Integer.parseInt(ready().orElseThrow().group(2));
    }

    String output() {
        return read(output);
    }

    /** A file of its first process below {@code /proc}. */
    String proc(String name) {
        long pid = runc.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow()
                .pid();
        return read(Path.of("/proc", Long.toString(pid), name));
    }

    /** As the kubelet ends it: its first process hears SIGTERM. */
    void terminate() {
        Processes.signal("TERM", runc.toHandle());
    }

    int awaitExit() {
        Waiting.until("ended", () -> !runc.isAlive());
        return runc.exitValue();
    }

    @Override
    public void close() {
        runc.descendants().forEach(ProcessHandle::destroyForcibly);
        Processes.awaitEnd(runc);
    }

    private Optional<Matcher> ready() {
        return Optional.of(READY.matcher(output())).filter(Matcher::find);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
