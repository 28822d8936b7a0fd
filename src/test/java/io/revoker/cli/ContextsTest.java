package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a command finds the service and its credentials. */
class ContextsTest {
    private static RunningService service;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void takesTheCurrentContextOfTheFile() throws IOException {
        Path file = contexts("rw-------");

        assertThat(run(file, "locks").err()).isEmpty();
        assertThat(run(file, "locks").status()).isZero();
        assertThat(run(file, "locks", "--context=gateway"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(1))
                .satisfies(refused -> assertThat(refused.err()).contains("(status 403)"));
    }

    @Test
    void warnsIfOthersMayReadTheFile() throws IOException {
        Path file = contexts("rw-r--r--");

        CommandRun run = run(file, "locks");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEqualTo("warning: " + file + ": others may read or change it (expected: mode 0600)\n");
    }

    @Test
    void warnsOfAFileWithoutASecretOnlyIfOthersMayChangeIt() throws IOException {
        Path file = Files.writeString(
                directory.resolve("plain.yaml"),
                "current: a\ncontexts:\n  a:\n    servers: [\"" + service.uri("") + "\"]\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(file, "locks").err()).doesNotContain("warning");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(run(file, "locks").err())
                .startsWith("warning: " + file + ": others may change it (expected: mode 0644 or 0600)\n");
    }

    /** In each way to write it (RFC 6761, section 6.3), and no other host that looks like it. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost:1, false",
        "http://a.localhost:1, false",
        "http://127.1.2.3:1, false",
        "http://[::1]:1, false",
        "http://127.0.0.1.example.invalid:1, true"
    })
    void warnsOfASecretThatLeavesTheMachineWithoutTls(String server, boolean warns) {
        CommandRun run = CommandRun.in(
                Map.of("REVOKER_SECRET", ClientFiles.SECRET), "", "locks", "--client=ops", "--server=" + server);

        assertThat(run.err().contains("the secret is sent without TLS")).isEqualTo(warns);
    }

    @Test
    void reportsEveryFaultOfTheFileWithoutItsSecrets() throws IOException {
        Path file = Files.writeString(
                directory.resolve("bad.yaml"),
                "current: a\ncontexts:\n  a:\n    servers: [\"http://x\"]\n    secrte: hunter2\n    client: 7\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        CommandRun run = run(file, "locks");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("contexts.a.secrte: unknown").doesNotContain("hunter2");
        assertThat(run(file, "locks", "--context=b").err()).contains("context: b (expected: a)");
        assertThat(run(directory.resolve("none"), "locks").status()).isEqualTo(2);
    }

    @Test
    void sendsTheSecretOfAContextToNoOtherServer() throws IOException {
        Path file = contexts("rw-------");

        CommandRun run = run(file, "locks", "--server", service.uri("").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("(status 401)");
    }

    @Test
    void takesTheSecretFromAFileOrAVariable() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), ClientFiles.SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> server = Map.of("REVOKER_SERVER", service.uri("").toString());

        assertThat(CommandRun.in(server, "", "locks", "--client=ops", "--secret-file=" + secret))
                .satisfies(done -> assertThat(done.status()).isZero());
        assertThat(CommandRun.in(server, "", "locks", "--client=ops", "--password-file=" + secret)
                        .status())
                .isZero();
        assertThat(CommandRun.with(service, "", Map.of("REVOKER_SECRET", ClientFiles.SECRET), "locks", "--client=ops")
                        .status())
                .isZero();
        assertThat(CommandRun.in(server, "", "locks", "--client=ops"))
                .isEqualTo(new CommandRun(
                        2, "", "error: secret: missing (expected: --secret-file, REVOKER_SECRET or a context)\n"));
    }

    @Test
    void takesNoSecretAsAnOption() {
        CommandRun run = CommandRun.of(service, "locks", "--client=ops", "--secret=hunter2");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("usage: ").doesNotContain("hunter2");
    }

    private Path contexts(String mode) throws IOException {
        Path file = Files.writeString(
                directory.resolve("contexts.yaml"), """
                current: ops
                contexts:
                  ops:
                    servers: ["%1$s"]
                    client: ops
                    secret-file: ops.secret
                  gateway:
                    servers: ["%1$s"]
                    client: gateway
                    secret: "%2$s"
                """.formatted(service.uri(""), ClientFiles.SECRET));
        Files.writeString(directory.resolve("ops.secret"), ClientFiles.SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static CommandRun run(Path file, String... arguments) {
        return CommandRun.in(Map.of("REVOKER_CONTEXTS", file.toString()), "", arguments);
    }
}
