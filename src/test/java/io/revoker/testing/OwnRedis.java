package io.revoker.testing;

import io.revoker.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** An embedded Redis whose process a test may stop and kill. */
public final class OwnRedis implements AutoCloseable {
    private final EmbeddedRedis server;
    private final Path directory;

    private OwnRedis(EmbeddedRedis server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    public static OwnRedis start(Path directory) {
        try {
            return new OwnRedis(
                    EmbeddedRedis.start(new EmbeddedRedis.Settings(directory, 0, "always", 0)), directory.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's program, to run it with other options. */
    public static Path executable(Path directory) {
        try {
            return ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    /** Holds it still, with its connections open. */
    public void freeze() {
        Processes.signal("STOP", process());
    }

    public void thaw() {
        Processes.signal("CONT", process());
    }

    /** The process that serves now. */
    public ProcessHandle process() {
        return processes().get(0);
    }

    /** None while it is down. */
    public List<ProcessHandle> processes() {
        return Processes.runningFrom(directory.resolve("bin"));
    }

    @Override
    public void close() {
        server.close();
    }
}
