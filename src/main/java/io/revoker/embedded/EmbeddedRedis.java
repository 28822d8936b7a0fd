package io.revoker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A redis-server process of our own, for a machine that has none. Its data survives a restart.
 *
 * <p>It runs as a daemon in a session of its own, so that a Ctrl-C in the terminal ends the service first; the service
 * then ends this server when it no longer needs it. If only the server dies, it is restarted on the same port, from
 * its append-only file. If the service is killed, the server stays; the next start of the service ends it and starts a
 * new one. A lock on the data directory prevents a second service from using it, and a password in the directory keeps
 * other users out.
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
     * Starts the server and waits until it serves, however long it takes to read its files.
     *
     * @throws IOException if it can't be started: the directory is not writable or in use, the port is taken, or there
     * is no server for this platform
     */
    public static EmbeddedRedis start(Settings settings) throws IOException {
        DataDirectory directory = DataDirectory.open(settings.directory());
        try {
            ServerLogin login = ServerLogin.keptIn(directory);
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

    /** Contains the password: do not log it. */
    public String url() {
        return bound.login.url(bound.port);
    }

    public int port() {
        return bound.port;
    }

    /** Ends the server after it has written everything to disk, and releases the directory. */
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
            daemon.awaitEnd(bound.port);
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

    /** False if the server was closed on purpose. */
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

    private record Bound(int port, ServerLogin login) {}

    /**
     * How to run the server.
     *
     * @param port 0 for a free one
     * @param fsync Redis's {@code appendfsync}: {@code always} or {@code everysec}
     * @param maxMemory bytes; 0 for no limit. When it is reached, writes are refused and nothing is evicted: an
     * evicted token would be lost
     * @param program the path of a redis-server, or a name on the search path; empty for the built-in one
     */
    public record Settings(Path directory, int port, String fsync, long maxMemory, Optional<Path> program) {
        /** With the built-in program. */
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
