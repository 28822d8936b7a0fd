package io.revoker.testing;

import io.revoker.embedded.EmbeddedRedis;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Redis servers that tests share, each test under a prefix of its own: the embedded one, the one that {@code REVOKER_TEST_REDIS} names, if it is
 * set, and of the newest there is a primary with a replica, which a sentinel watches, and a Cluster. Each starts when a test first asks for its URL, and
 * ends with the test run.
 */
public final class RedisServers {
    private static final String VARIABLE = "REVOKER_TEST_REDIS";
    private static final Deque<Runnable> ENDINGS = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ENDINGS.forEach(Runnable::run), "test servers"));
    }

    private static final Server EMBEDDED = new Server("embedded", RedisServers::startEmbedded);
    private static final Server SENTINEL = new Server("sentinel", RedisServers::startReplicated);
    private static final Server CLUSTER = new Server(
            "cluster", () -> RedisCluster.start(3, 0, "--appendonly", "no").url());
    private static final List<Server> ALL = list(named(System.getenv()));

    private RedisServers() {}

    /** A server that starts when its URL is first asked for. */
    public static final class Server {
        private final String name;
        private final Supplier<String> start;
        private Optional<String> url = Optional.empty();

        Server(String name, Supplier<String> start) {
            this.name = name;
            this.start = start;
        }

        public synchronized String url() {
            if (url.isEmpty()) {
                url = Optional.of(start.get());
            }
            return url.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Server> all() {
        return ALL;
    }

    public static Server embedded() {
        return EMBEDDED;
    }

    public static Server cluster() {
        return CLUSTER;
    }

    /** The executable of the newest server there is, to start processes of one's own. */
    public static Path executable() {
        return named(System.getenv()).orElseGet(RedisServers::embeddedExecutable);
    }

    /** A directory that goes away with the test run. */
    public static Path directory() {
        try {
            Path directory = Files.createTempDirectory("revoker-redis");
            atEnd(() -> delete(directory));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Server> list(Optional<Path> named) {
        List<Server> all = new ArrayList<>(List.of(EMBEDDED));
        named.map(executable -> new Server(executable.toString(), () -> start(executable)))
                .ifPresent(all::add);
        all.addAll(List.of(SENTINEL, CLUSTER));
        return List.copyOf(all);
    }

    private static String startEmbedded() {
        try {
            EmbeddedRedis server = EmbeddedRedis.start(new EmbeddedRedis.Settings(directory(), 0, "everysec", 0));
            atEnd(server::close);
            return server.url();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String start(Path executable) {
        RedisProcess server = RedisProcess.start(executable, directory(), "--appendonly", "no");
        atEnd(server::close);
        return server.url();
    }

    private static String startReplicated() {
        RedisProcess primary = RedisProcess.start(executable(), directory(), "--appendonly", "no");
        RedisProcess replica = primary.startReplica(directory());
        atEnd(replica::close);
        return Sentinel.start(directory(), primary.port(), Duration.ofMinutes(1))
                .url();
    }

    /** Fails if the variable is set, but not to an executable file: tests must not go on with another server. */
    static Optional<Path> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .map(RedisServers::requireExecutable);
    }

    private static Path requireExecutable(Path path) {
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(VARIABLE + ": " + path + " (expected: an executable file)");
        }
        return path;
    }

    /** The executable of the oldest server there is. */
    static Path embeddedExecutable() {
        return Extracted.EXECUTABLE;
    }

    /**
     * One for the whole run, and a copy that another process has made: a file that this JVM has written is busy for as
     * long as a process that it has just forked has it open, too.
     */
    private static final class Extracted {
        private static final Path EXECUTABLE = copy();

        private static Path copy() {
            Path directory = directory();
            Path copy = directory.resolve("redis-server");
            try {
                File extracted = redis.embedded.core.ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get();
                Processes.run("cp", "-p", extracted.toString(), copy.toString());
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What was begun last ends first. */
    static void atEnd(Runnable action) {
        ENDINGS.addFirst(action);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
