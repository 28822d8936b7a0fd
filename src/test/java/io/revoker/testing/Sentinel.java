package io.revoker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Redis Sentinel that alone decides on a fail-over, half a second after the primary is gone. */
public final class Sentinel implements AutoCloseable {
    private static final String PRIMARY = "main";

    private final Process process;
    private final int port;

    private Sentinel(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, and waits until it knows a replica. */
    public static Sentinel start(Path directory, int primary) throws IOException {
        int port = RedisProcess.freePort();
        Path settings = Files.writeString(
                directory.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 500
                sentinel failover-timeout %s 3000
                """.formatted(port, directory, PRIMARY, primary, PRIMARY, PRIMARY));
        Process process = new ProcessBuilder(RedisServers.executable().toString(), settings.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.out").toFile())
                .start();
        Sentinel sentinel = new Sentinel(process, port);
        RedisServers.atEnd(sentinel::close);
        Waiting.until("a replica is known", sentinel::knowsAReplica);
        return sentinel;
    }

    public String url() {
        return "redis-sentinel://127.0.0.1:" + port + "#" + PRIMARY;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean knowsAReplica() {
        if (!RedisClient.canConnect(port)) {
            return false;
        }
        try (RedisClient client = RedisClient.await(port)) {
            return client.call("INFO", "sentinel").toString().contains("slaves=1");
        }
    }
}
