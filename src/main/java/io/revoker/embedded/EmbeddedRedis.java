package io.revoker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A redis-server process of our own, for a machine that has none. Its data survive a restart.
 *
 * <p>It runs as a daemon in a session of its own, so that a Ctrl-C in the terminal ends the service first and this server when the service is done with
 * it. If the server dies alone, it is started again on the same port, from its append-only file. If the service is killed the server stays; the next
 * start ends it and begins anew. A lock on the data directory keeps two services apart, a password that is kept there keeps everybody else away.
 *
 * <p>All methods block; they are for start and shutdown only.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RedisDaemon daemon;
    private final DataDirectory directory;
    private final Bound bound;
    private boolean closed;

    private EmbeddedRedis(RedisDaemon daemon, DataDirectory directory, Bound bound) {
        this.daemon = daemon;
        this.directory = directory;
        this.bound = bound;
    }

    /**
     * Starts the server and waits until it serves, however long it has to read its files.
     *
     * @throws IOException if it can't be started: the directory is not writable or in use, the port is taken, no server for this platform
     */
    public static EmbeddedRedis start(Settings settings) throws IOException {
        DataDirectory directory = DataDirectory.open(settings.directory());
        try {
            Login login = Login.keptIn(directory);
            RedisDaemon daemon = new RedisDaemon(directory.path(), login, settings.program());
            daemon.end();
            Bound bound = new Bound(settings.port() == 0 ? RedisDaemon.freePort() : settings.port(), login);
            directory.write(RedisDaemon.CONFIGURATION, settings.configuration(directory.path(), bound));
            EmbeddedRedis server = new EmbeddedRedis(daemon, directory, bound);
            server.launch();
            server.supervise();
            return server;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Holds the password: not for a log. */
    public String url() {
        return bound.login.url(bound.port);
    }

    public int port() {
        return bound.port;
    }

    /** Ends the server after it has written everything down, and gives the directory free. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            daemon.end();
        }
        try {
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void supervise() {
        Thread supervisor = new Thread(this::reviveUntilClosed, "embedded-redis");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void reviveUntilClosed() {
        Duration pause = FIRST_PAUSE;
        while (true) {
            daemon.awaitEnd();
            try {
                if (!revive()) {
                    return;
                }
                LOG.atWarn().addKeyValue("port", bound.port).log("embedded redis started again");
                pause = FIRST_PAUSE;
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("failure", e.getMessage()).log("embedded redis down");
                ServerProcesses.pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** False if it ended because it was told to. */
    private synchronized boolean revive() throws IOException {
        if (!closed) {
            launch();
        }
        return !closed;
    }

    private void launch() throws IOException {
        RedisDaemon.requireFree(bound.port);
        daemon.launch(bound.port);
    }

    private record Bound(int port, Login login) {}

    /**
     * How to run it.
     *
     * @param port 0 for a free one
     * @param fsync Redis's {@code appendfsync}: {@code always} or {@code everysec}
     * @param maxMemory bytes; 0 for no limit. When it is reached writes are refused, nothing is evicted: an evicted token would be a lost one
     * @param program the path of a redis-server, or a name that the search path has; empty for the one that is built in
     */
    public record Settings(Path directory, int port, String fsync, long maxMemory, Optional<Path> program) {
        /** With the program that is built in. */
        public Settings(Path directory, int port, String fsync, long maxMemory) {
            this(directory, port, fsync, maxMemory, Optional.empty());
        }

        private String configuration(Path absolute, Bound bound) {
            return String.join(
                    "\n",
                    "# Written at every start.",
                    "bind 127.0.0.1",
                    "port " + bound.port,
                    String.join("\n", bound.login.configuration()),
                    "daemonize yes",
                    "pidfile \"" + absolute.resolve("redis.pid") + "\"",
                    "logfile \"" + absolute.resolve("redis.log") + "\"",
                    "loglevel notice",
                    "dir \"" + absolute + "\"",
                    "save \"\"",
                    "appendonly yes",
                    "appendfsync " + fsync,
                    "maxmemory " + maxMemory,
                    "maxmemory-policy noeviction",
                    "");
        }
    }
}
