package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A redis-server of the test's own that can be stopped, killed and started again on the same port with the same files. */
public final class RedisProcess implements AutoCloseable {
    private static final Pattern OFFSET = Pattern.compile("master_repl_offset:(\\d+)");
    /** Its own port or, in a Cluster, the one that belongs to it. */
    private static final Pattern OTHER_PORT_NEEDED = Pattern.compile("listening (on|socket)|port number too high");

    private final Path executable;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private Optional<Process> process = Optional.empty();

    private RedisProcess(
            Path executable, Path directory, int port, List<String> options, Map<String, String> environment) {
        this.executable = executable;
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.environment = environment;
    }

    /** Starts it with an append-only file that is forced at every write, and waits until it serves. */
    public static RedisProcess start(Path executable, Path directory, String... options) {
        return start(executable, directory, Map.of(), options);
    }

    /** The same, by another clock. */
    public static RedisProcess start(Path executable, Path directory, FakeClock clock, String... options) {
        return start(executable, directory, clock.environment(), options);
    }

    private static RedisProcess start(
            Path executable, Path directory, Map<String, String> environment, String... options) {
        List<RedisProcess> started = new ArrayList<>();
        Waiting.until("a port that no other process has taken meanwhile", () -> {
            RedisProcess server = new RedisProcess(executable, directory, freePort(), List.of(options), environment);
            return server.tryStart() && started.add(server);
        });
        RedisServers.atEnd(started.get(0)::close);
        return started.get(0);
    }

    /** Starts a copy of it, and waits until it has everything. */
    public RedisProcess startReplica(Path directory) {
        RedisProcess replica = start(executable, directory, "--replicaof", "127.0.0.1", String.valueOf(port));
        awaitReplica();
        replica.awaitFile();
        return replica;
    }

    /** Starts a server on a port that another server had before. */
    public static RedisProcess startOn(int port, Path executable, Path directory) {
        RedisProcess server = new RedisProcess(executable, directory, port, List.of(), Map.of());
        server.start();
        RedisServers.atEnd(server::close);
        return server;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it again. */
    public void start() {
        if (!tryStart()) {
            throw new IllegalStateException("port " + port + " was taken meanwhile");
        }
    }

    private boolean tryStart() {
        Process fresh = launch();
        process = Optional.of(fresh);
        Waiting.until(
                "Redis up or ended", () -> !fresh.isAlive() || RedisClient.says(port, client -> is(client, fresh)));
        if (!fresh.isAlive() && !OTHER_PORT_NEEDED.matcher(output()).find()) {
            throw new IllegalStateException(executable + " has ended: " + output());
        }
        return fresh.isAlive();
    }

    private String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("redis.out");
    }

    private static boolean is(RedisClient client, Process server) {
        return client.call("PING").equals("PONG")
                && client.call("INFO", "server").toString().contains("process_id:" + server.pid() + "\r");
    }

    private Process launch() {
        // A write beyond the largest file is an error to it, as on a full disk, and not its end.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""));
        command.addAll(List.of(executable.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0"));
        command.addAll(options);
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would: with no time to say good-bye. */
    public void kill() {
        process.ifPresent(running -> {
            Processes.awaitEnd(running.destroyForcibly());
        });
        process = Optional.empty();
    }

    /** Holds it still, with its connections open. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Keeps writes waiting, for so long if nothing ends it before. */
    public void pauseWrites(Duration longest) {
        expectOk("CLIENT", "PAUSE", String.valueOf(longest.toMillis()), "WRITE");
    }

    public void unpauseWrites() {
        expectOk("CLIENT", "UNPAUSE");
    }

    private void expectOk(String... command) {
        try (RedisClient client = client()) {
            assertThat(client.call(command)).isEqualTo("OK");
        }
    }

    /** No file of it can grow any more. One that forces every write to the disk ends. */
    public void fillDisk() {
        Processes.run("prlimit", "--pid", pid(), "--fsize=1:unlimited");
    }

    public void freeDisk() {
        Processes.run("prlimit", "--pid", pid(), "--fsize=unlimited:unlimited");
    }

    /** A copy of its files as they are now. */
    public Path copyFiles() {
        Path copy = RedisServers.directory();
        copy(directory, copy);
        return copy;
    }

    /** Puts older files in the place of its own; it must not run. */
    public void restoreFiles(Path copy) {
        copy(copy, directory);
    }

    /** It must not run. */
    public void deleteFiles() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RedisClient client() {
        return RedisClient.await(port);
    }

    /** Waits until a replica has everything. */
    public void awaitReplica() {
        try (RedisClient client = client()) {
            Waiting.until(
                    "replicated",
                    () -> isReplicated(client.call("INFO", "replication").toString()));
        }
    }

    /** A replica writes its file anew after its first copy, and may answer late meanwhile. */
    private void awaitFile() {
        try (RedisClient client = client()) {
            Waiting.until(
                    "its file is written",
                    () -> client.call("INFO", "persistence")
                            .toString()
                            .contains("aof_rewrite_in_progress:0\r\naof_rewrite_scheduled:0\r\n"));
        }
    }

    /** A replica that waits for its first copy has the offset 0 too, as has a primary that wrote nothing yet. */
    private static boolean isReplicated(String info) {
        Matcher offset = OFFSET.matcher(info);
        return offset.find() && info.contains("state=online,offset=" + offset.group(1) + ",");
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        Processes.signal(name, process.orElseThrow().toHandle());
    }

    private String pid() {
        return String.valueOf(process.orElseThrow().pid());
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
