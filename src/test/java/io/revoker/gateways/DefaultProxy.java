package io.revoker.gateways;

import io.revoker.testing.Gateway;
import io.revoker.testing.Processes;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A proxy that is told no more than where to listen and where to send requests to. */
final class DefaultProxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private DefaultProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The proxies, with their configuration and their command. */
    enum Kind {
        NGINX(
                "nginx.conf",
                """
                events {}
                http {
                  access_log off;
                  server {
                    listen 127.0.0.1:PORT;
                    location / { proxy_pass http://127.0.0.1:SERVICE; }
                  }
                }
                """,
                "nginx",
                "-p",
                ".",
                "-c",
                "nginx.conf",
                "-g",
                "daemon off; pid nginx.pid; error_log error.log;"),
        /** With the time-outs of its manual: it has none of its own, and warns. */
        HAPROXY("haproxy.cfg", """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 50s
                  timeout server 50s
                frontend in
                  bind 127.0.0.1:PORT
                  default_backend out
                backend out
                  server service 127.0.0.1:SERVICE
                """, "haproxy", "-db", "-f", "haproxy.cfg"),
        CADDY("Caddyfile", """
                {
                  admin off
                  auto_https off
                }
                http://:PORT {
                  reverse_proxy 127.0.0.1:SERVICE
                }
                """, "caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile");

        private final String file;
        private final String text;

        @SuppressWarnings("ImmutableEnumChecker") // the list can't be changed
        private final List<String> command;

        Kind(String file, String text, String... command) {
            this.file = file;
            this.text = text;
            this.command = List.of(command);
        }
    }

    /** Waits until it listens. */
    static DefaultProxy start(Kind kind, int service) throws IOException {
        Path directory = Gateway.directory();
        int port = RedisProcess.freePort();
        Files.writeString(
                directory.resolve(kind.file),
                kind.text.replace("PORT", Integer.toString(port)).replace("SERVICE", Integer.toString(service)));
        ProcessBuilder builder = new ProcessBuilder(kind.command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        DefaultProxy proxy = new DefaultProxy(builder.start(), port);
        Waiting.until(kind + " listens", proxy::listens, proxy::close);
        return proxy;
    }

    private boolean listens() {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status() > 0;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        Processes.awaitEnd(process);
    }
}
