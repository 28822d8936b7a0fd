package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A gateway as its file in conf/gateways sets it up, but for the ports and the places of its own files. */
public final class Gateway implements AutoCloseable {
    private static final Path RECIPES = Path.of("conf", "gateways");
    private static final String OUTPUT = "output";
    /** The common log format, and what is often added. */
    private static final String COMMON = "%h %l %u %t \\\"%r\\\" %>s %b \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\"";

    private final Process process;
    private final Path directory;
    private final int port;

    private Gateway(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * What a gateway is connected with.
     *
     * @param revoker its port for http
     * @param secureRevoker its port for https, or any that nothing listens on
     * @param authority PEM file of its certificate
     */
    public record Wiring(int revoker, int secureRevoker, Path authority, int service) {
        /** Without https. */
        public static Wiring of(int revoker, int service) {
            return new Wiring(revoker, 0, Path.of("none"), service);
        }

        private String in(String recipe, int port) {
            return recipe.replaceAll("\\b8090\\b", Integer.toString(port))
                    .replaceAll("\\b8080\\b", Integer.toString(revoker))
                    .replaceAll("\\b8443\\b", Integer.toString(secureRevoker))
                    .replaceAll("\\b8000\\b", Integer.toString(service))
                    .replace("/etc/revoker/ca.pem", authority.toString());
        }
    }

    /** The gateways that there is a program of, or a class path that the build has resolved, and one service. */
    public enum Kind {
        NGINX("nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off; pid nginx.pid; error_log error.log;"),
        HAPROXY("haproxy", "-db", "-f", "haproxy.cfg"),
        NGINX_FEED(
                "nginx",
                "-p",
                ".",
                "-c",
                "nginx-feed.conf",
                "-g",
                "daemon off; pid nginx.pid; error_log error.log warn;"),
        HAPROXY_FEED("haproxy", "-db", "-f", "haproxy-feed.cfg"),
        CADDY("caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"),
        APACHE_OPENIDC("apache2", "-DFOREGROUND", "-d", ".", "-f", "apache-openidc.conf"),
        APACHE_OAUTH2("apache2", "-DFOREGROUND", "-d", ".", "-f", "apache-oauth2.conf"),
        VARNISH(
                "sh",
                "-c",
                "exec $(sed -n \"s|^# varnishd|varnishd -n $PWD/work -T none|; s|-f |-f $PWD/|p\" varnish.vcl)"),
        SPRING_CLOUD_GATEWAY("sh", "-c", spring("spring-cloud-gateway", "SpringCloudGateway")),
        SPRING_RESOURCE_SERVER("sh", "-c", spring("spring-resource-server", "SpringResourceServer"));

        @SuppressWarnings("ImmutableEnumChecker") // the list can't be changed
        private final List<String> command;

        Kind(String... command) {
            this.command = List.of(command);
        }

        private static String spring(String name, String program) {
            return "exec \"$JAVA\" -XX:TieredStopAtLevel=1 -Xmx256m -cp \"$(cat \"$CLASS_PATHS/" + name + "\")\" "
                    + program + ".java --spring.config.location=" + name + ".yaml";
        }
    }

    /** Does not wait until it listens. */
    public static Gateway start(Kind kind, Wiring wiring) {
        return start(kind, wiring, recipe -> recipe);
    }

    /** With recipes that are changed further. */
    public static Gateway start(Kind kind, Wiring wiring, UnaryOperator<String> change) {
        try {
            Path directory = directory();
            int port = RedisProcess.freePort();
            for (Path recipe : recipes()) {
                Files.writeString(
                        directory.resolve(recipe.getFileName()), change.apply(text(recipe, wiring, port, directory)));
            }
            ProcessBuilder builder = new ProcessBuilder(kind.command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(OUTPUT).toFile());
            builder.environment().put("HOME", directory.toString());
            builder.environment().put("JAVA", ClientProgram.JAVA);
            builder.environment().put("CLASS_PATHS", ClientProgram.CLASS_PATHS.toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
            return new Gateway(builder.start(), directory, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Gateway awaitListening() {
        Waiting.until(() -> "a gateway listens: " + output(), Waiting.PATIENCE, () -> isTaken(port) || hasEnded());
        return this;
    }

    private boolean hasEnded() {
        if (!process.isAlive()) {
            throw new AssertionError(output());
        }
        return false;
    }

    private String output() {
        try {
            return Files.readString(directory.resolve(OUTPUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public RawConnection connect() {
        return RawConnection.to(port);
    }

    public RawConnection connect(Duration patience) {
        return RawConnection.to(port, patience);
    }

    public Call call(String method, String path) {
        return Call.of(method, uri(path));
    }

    /** Its files that contain a text. */
    public List<String> filesWith(String text) {
        return filesWith(text, directory);
    }

    /** The files in a directory, and below it, that contain a text. */
    public static List<String> filesWith(String text, Path directory) {
        try {
            Process grep = new ProcessBuilder("grep", "-rlF", text, ".")
                    .directory(directory.toFile())
                    .start();
            String found = new String(grep.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Processes.awaitEnd(grep)).as("grep").isIn(0, 1);
            return found.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        Processes.awaitEnd(process);
    }

    /** Some gateways work as another user than the one that starts them, so all may read it. */
    public static Path directory() {
        try {
            return Files.setPosixFilePermissions(
                    RedisServers.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(RECIPES)) {
            return files.toList();
        }
    }

    /** With access logs, which all have their usual form. */
    private static String text(Path recipe, Wiring wiring, int port, Path directory) throws IOException {
        Path log = directory.resolve("access.log");
        return wiring.in(Files.readString(recipe), port)
                .replace("/run/haproxy/", directory + "/")
                .replace("\nhttp {", "\nhttp {\n  access_log " + log + ";")
                .replace("\n  mode http\n", "\n  mode http\n  log stdout format raw local0\n  option httplog\n")
                .replace("\n\tbind 127.0.0.1\n", "\n\tbind 127.0.0.1\n\tlog {\n\t\toutput file " + log + "\n\t}\n")
                .replace("\nErrorLog error.log\n", "\nErrorLog error.log\nCustomLog access.log \"" + COMMON + "\"\n");
    }

    private static boolean isTaken(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status() > 0;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }
}
