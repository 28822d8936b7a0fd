package io.revoker.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx as conf/nginx.example.conf sets it up, but for the ports and the access log. */
public final class Nginx implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("conf", "nginx.example.conf");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Waits until it listens. */
    public static Nginx start(Path directory, int revoker, int service) throws IOException {
        int port = RedisProcess.freePort();
        Path file = Files.writeString(directory.resolve("nginx.conf"), settings(port, revoker, service));
        String own = "daemon off; pid " + directory.resolve("nginx.pid") + "; error_log "
                + directory.resolve("error.log") + ";";
        Nginx nginx = new Nginx(
                new ProcessBuilder("nginx", "-p", directory.toString(), "-c", file.toString(), "-g", own)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("nginx.out").toFile())
                        .start(),
                port);
        Waiting.until("nginx listens", () -> nginx.process.isAlive() && isTaken(port), nginx::close);
        return nginx;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public RawConnection connect() {
        return RawConnection.to(port);
    }

    public Call call(String method, String path) {
        return Call.of(method, uri(path));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String settings(int port, int revoker, int service) throws IOException {
        return Files.readString(EXAMPLE)
                .replace("127.0.0.1:8090", "127.0.0.1:" + port)
                .replace("127.0.0.1:8080", "127.0.0.1:" + revoker)
                .replace("127.0.0.1:8000", "127.0.0.1:" + service)
                .replace("http {", "http {\n  access_log off;");
    }

    private static boolean isTaken(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status() > 0;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }
}
