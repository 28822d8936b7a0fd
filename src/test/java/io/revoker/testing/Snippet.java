package io.revoker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** Java lines of a document: compiled in a class that declares what they leave out, and run. */
public record Snippet(String text) {
    private static final String BASE = "http://127.0.0.1:8080";
    private static final String HEAD = """
            import io.revoker.bus.*;
            import io.revoker.client.*;
            import io.revoker.client.live.*;
            import io.revoker.client.view.*;
            import io.revoker.cluster.Cluster;
            import io.revoker.config.ClusterConfig;
            import io.revoker.domain.*;
            import io.revoker.vertx.*;
            import io.vertx.core.Vertx;
            import io.vertx.core.VertxOptions;
            import java.net.URI;
            import java.time.*;
            import java.util.Optional;
            import java.util.concurrent.*;

            public class Lines {
                static final Instant issuedAt = Instant.now();
                static final CountDownLatch ANSWERED = new CountDownLatch(1);
                static final CountDownLatch HEARD = new CountDownLatch(1);

                static final class log {
                    static void info(String text, Object value) {
                        System.out.println(text + value);
                        ANSWERED.countDown();
                    }
                }

                /** What others have revoked before may be heard here too. */
                static void forget(Target target) {
                    if (target.equals(new Target.OfUser(new UserName("joe")))) {
                        System.out.println(target);
                        HEARD.countDown();
                    }
                }

                static void await(CountDownLatch latch, String what) throws InterruptedException {
                    if (!latch.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError(what);
                    }
                }

                public static void run(Vertx vertx, String secret, String accessToken, String refreshToken) throws Exception {
            """;

    private static final String READ_LOG = """

            System.out.println("whole=" + bus.readLog(new ReadLog(Stamp.NONE)).await(30, TimeUnit.SECONDS).isLast());
            vertx.close().await(30, TimeUnit.SECONDS);
            """;

    /** What the lines print; they have ended, and what they asked for has been done. */
    public String run(RunningService service, String accessToken, String refreshToken) throws Exception {
        Path directory = RedisServers.directory();
        Path source = directory.resolve("Lines.java");
        Files.writeString(source, HEAD + body(service) + "    }\n}\n");
        compile(source, directory);
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {directory.toUri().toURL()}, Snippet.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Lines")
                    .getMethod("run", io.vertx.core.Vertx.class, String.class, String.class, String.class)
                    .invoke(null, service.vertx(), "", accessToken, refreshToken);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String body(RunningService service) {
        String lines =
                text.replace(BASE, service.uri("").toString()).replace(".basicAuthentication(\"ops\", secret)", "");
        if (text.contains("Cluster.join")) {
            return lines.replace("Vertx vertx =", "vertx =") + READ_LOG;
        }
        if (text.contains("RevokerBus")) {
            return lines + "\nawait(ANSWERED, \"no answer\");\nawait(HEARD, \"nothing heard\");\n";
        }
        if (text.contains("RevokerClient client =")) {
            return lines;
        }
        String after = text.contains("boolean good") ? "System.out.println(\"good=\" + good);" : "";
        if (text.contains("> call")) {
            after = "call.get(30, TimeUnit.SECONDS);";
        }
        return "try (RevokerClient client = RevokerClient.builder(URI.create(\"" + service.uri("") + "\")).build()) {\n"
                + lines + "\n" + after + "\n}\n";
    }

    private static void compile(Path source, Path directory) throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        List<String> arguments =
                List.of("-cp", System.getProperty("java.class.path"), "-d", directory.toString(), source.toString());
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(messages.toString(StandardCharsets.UTF_8) + Files.readString(source));
        }
    }
}
