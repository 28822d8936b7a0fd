package io.revoker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a JVM of its own, which says {@code ready on http://host:port} when it is. */
final class JavaProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on http://[^:]+:(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KILOBYTE = 1024;
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;
    private final Duration startTime;

    private JavaProcess(Process process, int port, Duration startTime) {
        this.process = process;
        this.port = port;
        this.startTime = startTime;
    }

    /** @param log where its output goes */
    static JavaProcess start(List<String> arguments, Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.deleteIfExists(log);
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(java), arguments.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS) && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                Duration startTime = Duration.ofNanos(System.nanoTime() - began);
                return new JavaProcess(process, Integer.parseInt(ready.group(1)), startTime);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        process.destroyForcibly();
        throw new IOException("server: not ready (see " + log + ")");
    }

    int port() {
        return port;
    }

    /** From the start of the process until it said that it is ready. */
    Duration startTime() {
        return startTime;
    }

    long pid() {
        return process.pid();
    }

    /** The processor time that it has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The memory that it holds just now, in bytes; where the system has {@code /proc}. */
    double residentBytes() throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", "" + pid(), "status")));
        return resident.find() ? Double.parseDouble(resident.group(1)) * KILOBYTE : Double.NaN;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
