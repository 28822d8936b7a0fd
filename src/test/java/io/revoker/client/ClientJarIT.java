package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Jvm;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain jar is all that a program needs beside the JDK. */
class ClientJarIT {
    private static final String JAR = System.getProperty("revoker.client.jar");
    private static final String PROGRAM = """
            import io.revoker.client.*;
            import java.net.URI;
            import java.time.Duration;

            public final class Program {
                public static void main(String[] args) throws Exception {
                    URI node = URI.create(args[0]);
                    try (RevokerClient client = RevokerClient.builder(node).basicAuthentication("ops", "secret").build()) {
                        InvalidateTokenResponse response = client.invalidateToken(new InvalidateTokenRequest(null, null, "native", "joe"));
                        System.out.println(response.getInvalidatedTokens() + " " + response.getPreviouslyInvalidatedTokens());
                        for (ErrorCause error : response.getErrors()) {
                            System.out.println(error.type() + ": " + error.reason());
                        }
                        client.invalidateTokenAsync(InvalidateTokenRequest.accessToken("a"))
                                .thenAccept(again -> System.out.println("async " + again.getErrorsCount()))
                                .join();
                        try {
                            client.check("a");
                        } catch (java.io.IOException unreadable) {
                            System.out.println(unreadable.getMessage());
                        }
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void aProgramNeedsNothingElseOnItsClassPath() throws Exception {
        Path source = Files.writeString(directory.resolve("Program.java"), PROGRAM);
        assertThat(tool("javac", "-Xlint:all", "-Werror", "-cp", JAR, "-d", directory.toString(), source.toString()))
                .isEmpty();

        try (ScriptedNode node = new ScriptedNode()) {
            node.answering(200, """
                    {"invalidated_tokens":2,"previously_invalidated_tokens":1,"error_count":1,
                     "error_details":[{"type":"exception","reason":"late"}]}""");

            assertThat(run("Program", node.uri().toString()))
                    .containsExactly(
                            "2 1",
                            "exception: late",
                            "async 1",
                            "response body: no readable active (expected: true or false)");
            assertThat(node.next().body()).isEqualTo("{\"realm_name\":\"native\",\"username\":\"joe\"}");
        }
    }

    /** For development environments; they contain nothing of the service. */
    @Test
    void hasSourcesAndDocumentation() throws IOException {
        assertThat(names("-sources"))
                .contains("io/revoker/client/RevokerClient.java", "io/revoker/client/view/RevocationView.java")
                .allSatisfy(name -> assertThat(name)
                        .matches("META-INF/.*|io/revoker/client/((feed|internal|live|view)/)?[\\w-]+\\.java"));
        assertThat(names("-javadoc"))
                .contains(
                        "index.html",
                        "io/revoker/client/RevokerClient.html",
                        "io/revoker/client/SweepProgress.html",
                        "io/revoker/client/live/LiveConnections.html",
                        "io/revoker/client/view/TokenKey.html")
                .noneMatch(name -> name.matches("io/revoker/(?!client/).+"));
    }

    private static List<String> names(String kind) throws IOException {
        try (JarFile jar = new JarFile(JAR.replace(".jar", kind + ".jar"))) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    @Test
    void holdsTheClientAndItsParserOnly() throws IOException {
        assertThat(names("").stream()
                        .filter(name -> !name.startsWith("io/revoker/client/"))
                        .toList())
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE");
        try (JarFile jar = new JarFile(JAR)) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.revoker.client");
        }
    }

    /** Annotations may be missing when a program runs; anything else may not. */
    @Test
    void refersToNothingOutsideButAnnotations() {
        assertThat(tool("jdeps", "--multi-release", "base", "--missing-deps", JAR)
                        .lines())
                .filteredOn(line -> line.startsWith(" "))
                .isNotEmpty()
                .allMatch(line -> line.contains(" org.jspecify.annotations."));
    }

    @Test
    void whatVertxApplicationsNeedIsInAnotherOne() throws IOException {
        assertThat(names("-vertx-sources")).contains("io/revoker/vertx/VertxConnection.java");
        assertThat(names("-vertx"))
                .contains("io/revoker/vertx/VertxConnection.class")
                .allMatch(name -> name.matches("META-INF/.*|io/revoker/vertx/[\\w$-]+\\.class"));
        assertThat(tool("jdeps", "--multi-release", "base", "--missing-deps", JAR.replace(".jar", "-vertx.jar"))
                        .lines())
                .filteredOn(line -> line.startsWith(" "))
                .isNotEmpty()
                .allMatch(line -> line.matches(
                        ".* (org\\.jspecify|io\\.vertx\\.core|io\\.revoker\\.client(\\.live|\\.view)?)\\..*"));
    }

    private static String tool(String name, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
        return said.toString();
    }

    private List<String> run(String program, String argument) throws IOException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Jvm.command("-cp", JAR + System.getProperty("path.separator") + directory, program, argument))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Waiting.until(program + " ends", Duration.ofSeconds(60), () -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
