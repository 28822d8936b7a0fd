package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis Sentinel that alone decides on a fail-over. */
public final class Sentinel implements AutoCloseable {
    private static final String PRIMARY = "main";

    private final Process process;
    private final int port;

    private Sentinel(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it knows a replica.
     *
     * @param patience how long the primary may be gone
     */
    public static Sentinel start(Path directory, int primary, Duration patience) {
        int port = RedisProcess.freePort();
        try {
            Sentinel sentinel = new Sentinel(launch(settings(directory, port, primary, patience)), port);
            RedisServers.atEnd(sentinel::close);
            Waiting.until("a replica is known", sentinel::knowsAReplica);
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path settings(Path directory, int port, int primary, Duration patience) throws IOException {
        return Files.writeString(directory.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s %d
                sentinel failover-timeout %s 3000
                """.formatted(
                        port, directory, PRIMARY, primary, PRIMARY, patience.toMillis(), PRIMARY));
    }

    private static Process launch(Path settings) throws IOException {
        return new ProcessBuilder(RedisServers.executable().toString(), settings.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(settings.resolveSibling("sentinel.out").toFile())
                .start();
    }

    public String url() {
        return "redis-sentinel://127.0.0.1:" + port + "#" + PRIMARY;
    }

    /** How many fail-overs it has begun. */
    public int failOvers() {
        try (RedisClient client = RedisClient.await(port)) {
            List<?> facts = (List<?>) client.call("SENTINEL", "MASTER", PRIMARY);
            return Integer.parseInt((String) facts.get(facts.indexOf("config-epoch") + 1));
        }
    }

    /** The port of the server that it names as the primary. */
    public int primary() {
        try (RedisClient client = RedisClient.await(port)) {
            List<?> address = (List<?>) client.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", PRIMARY);
            return Integer.parseInt((String) address.get(1));
        }
    }

    /** From now on it names another server as the primary. */
    public void watch(int primary) {
        try (RedisClient client = RedisClient.await(port)) {
            client.call("SENTINEL", "REMOVE", PRIMARY);
            client.call("SENTINEL", "MONITOR", PRIMARY, "127.0.0.1", Integer.toString(primary), "1");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.awaitEnd(process);
    }

    private boolean knowsAReplica() {
        return RedisClient.says(
                port, client -> client.call("INFO", "sentinel").toString().contains("slaves=1"));
    }
}
