package io.revoker.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
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

/** The redis-server of one data directory, its program included; it runs as a daemon, and outlives who launched it. */
final class RedisDaemon {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int PROBE_MILLIS = 1000;
    private static final String KNOWN = "+OK";

    static final String CONFIGURATION = "redis.conf";

    private final Path directory;
    private final Login login;
    private final RedisProgram program;
    private final ServerProcesses processes;

    /**
     * @param directory absolute, without symbolic links
     * @param login that the configuration has
     * @param given the program, if it is not the one that is built in
     */
    RedisDaemon(Path directory, Login login, Optional<Path> given) {
        this.directory = directory;
        this.login = login;
        this.program = new RedisProgram(given, directory.resolve("bin"));
        this.processes = new ServerProcesses(program.executables());
    }

    /** Starts a server with the configuration that is there, and waits until it serves. Its port has to be free. */
    void launch(int port) throws IOException {
        Process launcher = new ProcessBuilder(
                        program.install(directory).toString(),
                        directory.resolve(CONFIGURATION).toString())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        awaitServing(launcher, port);
    }

    /** Whether a server is there that knows our login. */
    boolean serves(int port) {
        return !info(port).isEmpty();
    }

    /** Returns when there is no server any more. */
    void awaitEnd() {
        processes.awaitEnd();
    }

    /** Ends every server, with the time to write everything down. */
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

    /** A server that has accepted a connection may still read its files, or be somebody else's. */
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

    /** What our server says of itself (redis.io/commands/info); empty as long as it says nothing, and if it does not know our login. */
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
        return "it said nothing";
    }

    private Path output() {
        return directory.resolve("redis.out");
    }

    private Path log() {
        return directory.resolve("redis.log");
    }
}
