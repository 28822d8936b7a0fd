package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.testing.Api;
import io.revoker.testing.Certificate;
import io.revoker.testing.JarProcess;
import io.revoker.testing.Jvm;
import io.revoker.testing.Processes;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged jar. */
class CommandsIT {
    @TempDir
    private Path directory;

    @Test
    void printsItsHelp() {
        assertThat(run("--help"))
                .startsWith("Revoker makes tokens stop working")
                .contains("usage: java -jar");
    }

    @Test
    void printsTheVersionOfTheBuild() {
        assertThat(run("--version")).isEqualTo("revoker " + System.getProperty("revoker.version") + "\n");
    }

    @Test
    void isCalledByTheLauncherThatTheBuildMakes() throws IOException {
        Path launcher = Path.of(System.getProperty("revoker.jar"))
                .toAbsolutePath()
                .resolveSibling("bin")
                .resolve("revoker");
        Process process = new ProcessBuilder(launcher.toString(), "--version").start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("revoker " + System.getProperty("revoker.version") + "\n");
        assertThat(Processes.awaitEnd(process)).isZero();
    }

    @Test
    void namesACommandThatThereIsNot() {
        JarProcess jar = JarProcess.run(directory, List.of("hash-secrt"));

        assertThat(jar.awaitExit()).isEqualTo(1);
        assertThat(jar.output())
                .startsWith("command: hash-secrt, did you mean hash-secret? (expected: serve or config or ")
                .contains(")\nusage: ");
    }

    @Test
    void makesTheHashOfASecret() {
        assertThat(run("hash-secret")).contains("give the client:").contains("sha256:");
    }

    @Test
    void findsNoFaultWhereThereIsNoneAndConnectsToNothing() throws IOException {
        try (ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redis.setSoTimeout(1);

            assertThat(run("config", "check", "--redis.url=redis://127.0.0.1:" + redis.getLocalPort()))
                    .isEqualTo("no problems\n");

            assertThatThrownBy(redis::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void reportsEveryFaultOfSettingsClientsAndTlsFiles() throws IOException {
        Path clients = Files.writeString(directory.resolve("clients.yaml"), "clients:\n  - id: a\n");
        Path empty = Files.createFile(directory.resolve("empty.pem"));

        JarProcess jar = JarProcess.run(
                directory,
                List.of(
                        "config",
                        "check",
                        "--http.port=99999",
                        "--clients.file=" + clients,
                        "--http.tls.enabled=true",
                        "--http.tls.certificate=" + empty,
                        "--http.tls.key=" + empty),
                Map.of("REVOKER_REDIS_PASSWORD_FILE", "absent"));

        assertThat(jar.awaitExit()).isEqualTo(1);
        assertThat(jar.output().lines())
                .satisfiesExactly(
                        secret ->
                                assertThat(secret).startsWith("REVOKER_REDIS_PASSWORD_FILE: no such file (expected: "),
                        port -> assertThat(port).startsWith("http.port: 99999"),
                        client -> assertThat(client).startsWith("clients.file: " + clients + ": clients[0].secret"),
                        client -> assertThat(client).startsWith("clients.file: " + clients + ": clients[0].priv"),
                        pem -> assertThat(pem)
                                .isEqualTo("http.tls.certificate: " + empty
                                        + " (expected: a readable PEM file of certificates)"),
                        pem -> assertThat(pem)
                                .isEqualTo("http.tls.key: " + empty
                                        + " (expected: a readable PEM file of a private key)"));
    }

    @Test
    void findsNoFaultWithTlsFilesThatAreRight() {
        Certificate certificate = Certificate.make(directory);

        assertThat(run(
                        "config",
                        "check",
                        "--http.tls.enabled=true",
                        "--http.tls.certificate=" + certificate.certificate(),
                        "--http.tls.key=" + certificate.key()))
                .isEqualTo("no problems\n");
    }

    @Test
    void printsTheSettingsAsAFileThatItTakes() throws IOException {
        String printed = run("config", "print", "--effective", "--redact", "--redis.url=redis://:hunter2@redis");

        assertThat(printed)
                .contains(
                        "  # url: \"redis://:<redacted>@redis\"  # from --redis.url\n", "  port: 8080  # the default\n")
                .doesNotContain("hunter2");
        Path file = Files.writeString(directory.resolve("printed.yaml"), printed);
        assertThat(run("config", "check", "--config=" + file)).isEqualTo("no problems\n");
    }

    @Test
    void printsWhatWasGivenOnly() {
        assertThat(run("config", "print", "--http.port=9090")).isEqualTo("http:\n  port: 9090  # from --http.port\n");
    }

    @Test
    void printsNoFileOfSettingsThatAreWrong() {
        JarProcess jar = JarProcess.run(directory, List.of("config", "print", "--effective", "--http.port=99999"));

        assertThat(jar.awaitExit()).isEqualTo(1);
        assertThat(jar.output()).isEqualTo("http.port: 99999 (expected: 0 to 65535; from --http.port)\n");
    }

    @Test
    void revokesAndReadsTheTrailInAPipe() throws IOException {
        try (RunningService service = RunningService.start()) {
            String token = new Api(service).access("corp", "joe");

            assertThat(piped(service, "revoke", "user", "joe", "--reason=laptop stolen"))
                    .contains("user joe in every realm: 1 token invalidated, 0 already invalid, 0 errors")
                    .doesNotContain("\r", "\u001b");
            assertThat(new Api(service).check(token)).isEqualTo(401);
            assertThat(piped(service, "audit", "list", "--user", "joe")).contains("laptop stolen");
            assertThat(piped(service, "audit", "verify")).endsWith(": whole\n");
        }
    }

    @Test
    void talksToAnAssistantInAPipe() throws IOException {
        try (RunningService service = RunningService.start()) {
            String hello = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                    + "\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},"
                    + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}\n";

            Process process = jar(service, ProcessBuilder.Redirect.PIPE, "mcp");
            process.getOutputStream().write(hello.getBytes(UTF_8));
            process.getOutputStream().flush();
            String answer = process.inputReader(UTF_8).readLine();
            process.getOutputStream().close();

            assertThat(answer).startsWith("{").contains("\"id\":1", "\"serverInfo\"");
            assertThat(Processes.awaitEnd(process)).isZero();
        }
    }

    /** Standard output of the jar in a pipe, for a service; the status must be 0. */
    private String piped(RunningService service, String... arguments) throws IOException {
        Process process = jar(
                service,
                ProcessBuilder.Redirect.from(
                        Files.createTempFile(directory, "none", "").toFile()),
                arguments);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(Processes.awaitEnd(process))
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        return output;
    }

    private Process jar(RunningService service, ProcessBuilder.Redirect input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Jvm.command("-jar", System.getProperty("revoker.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectError(directory.resolve("errors").toFile());
        builder.environment().put("REVOKER_SERVER", service.uri("").toString());
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private String run(String... arguments) {
        JarProcess jar = JarProcess.run(directory, List.of(arguments));
        assertThat(jar.awaitExit()).as(jar.output()).isZero();
        assertThat(directory.resolve("data")).as("of a service").doesNotExist();
        return jar.output();
    }
}
