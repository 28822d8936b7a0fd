package io.revoker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy as conf/haproxy.example.cfg sets it up, but for the ports. */
public final class HaProxy implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("conf", "haproxy.example.cfg");

    private final Process process;
    private final int port;

    private HaProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Waits until it takes all of them for ready. */
    public static HaProxy start(Path directory, List<JarProcess> instances) throws IOException {
        int port = freePort();
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), settings(port, instances));
        HaProxy proxy = new HaProxy(
                new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("haproxy.log").toFile())
                        .start(),
                port);
        Waiting.until("HAProxy listens", () -> proxy.process.isAlive() && isTaken(port), proxy::close);
        return proxy;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        Processes.awaitEnd(process);
    }

    private static String settings(int port, List<JarProcess> instances) throws IOException {
        return Files.readString(EXAMPLE)
                .replace("127.0.0.1:8090", "127.0.0.1:" + port)
                .replace("127.0.0.1:8080 port 8081", at(instances.get(0)))
                .replace("127.0.0.1:8082 port 8083", at(instances.get(1)));
    }

    private static String at(JarProcess instance) {
        return "127.0.0.1:" + instance.port() + " port " + instance.managementPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isTaken(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                            .exchange("GET /v1/check HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status()
                    == 401;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }
}
