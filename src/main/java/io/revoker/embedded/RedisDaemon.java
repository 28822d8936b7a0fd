package io.revoker.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The redis-server of one data directory, including its program. It runs as a daemon, and outlives the process that
 * launched it.
 */
final class RedisDaemon {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int PROBE_MILLIS = 1000;
    private static final String KNOWN = "+OK";

    static final String CONFIGURATION = "redis.conf";

    private final Path directory;
    private final ServerLogin login;
    private final RedisProgram program;
    private final ServerProcesses processes;

    /**
     * @param directory absolute, without symbolic links
     * @param login in the configuration
     * @param given the program, if it is not the built-in one
     */
    RedisDaemon(Path directory, ServerLogin login, Optional<Path> given) {
        this.directory = directory;
        this.login = login;
        this.program = new RedisProgram(given, directory.resolve("bin"));
        this.processes = new ServerProcesses(program.executables());
    }

    /** Starts a server with the existing configuration, and waits until it serves. Its port has to be free. */
    void launch(int port) throws IOException {
        Process launcher = new ProcessBuilder(
                        program.install(directory).toString(),
                        directory.resolve(CONFIGURATION).toString())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        awaitServing(launcher, port);
    }

    /** Whether a server runs there that accepts our login. */
    boolean serves(int port) {
        return !info(port).isEmpty();
    }

    /**
     * Returns when no server is running any more. A server's connections end with it, so one of them says when to look.
     */
    void awaitEnd(int port) {
        processes.awaitEnd(() -> awaitDisconnect(port));
    }

    private static void awaitDisconnect(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException disconnected) {
            // That is what was waited for.
        }
    }

    /** Ends every server, and gives it time to write everything to disk. */
    void end() {
        processes.end();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IOException("redis.embedded.port: " + port + " is taken (expected: a free port)", e);
        }
    }

    /** A server that has accepted a connection may still be reading its files, or belong to another user. */
    private void awaitServing(Process launcher, int port) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String info = info(port);
            if (info.contains("\nloading:0")) {
                return;
            }
            if (info.contains("\nloading:1")) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (!launcher.isAlive() && (launcher.exitValue() != 0 || processes.areNone())) {
                break;
            }
            ServerProcesses.pause(STEP);
        }
        end();
        throw new IOException("embedded Redis: did not start: " + lastWords() + " (see " + log() + ")");
    }

    /**
     * The {@code INFO} of our server (redis.io/commands/info); empty if there is no answer yet, or if the server does
     * not accept our login.
     */
    private String info(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write((login.command() + "\r\nINFO persistence\r\nQUIT\r\n").getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return answer.startsWith(KNOWN) ? answer : "";
        } catch (IOException notYet) {
            return "";
        }
    }

    private String lastWords() throws IOException {
        for (Path file : List.of(output(), log())) {
            if (Files.exists(file)) {
                try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
                    String last = lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
                    if (!last.isEmpty()) {
                        return last;
                    }
                }
            }
        }
        return "no output";
    }

    private Path output() {
        return directory.resolve("redis.out");
    }

    private Path log() {
        return directory.resolve("redis.log");
    }
}
