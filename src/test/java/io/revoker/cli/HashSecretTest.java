package io.revoker.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.caller.Callers;
import io.revoker.caller.ClientSecret;
import io.revoker.caller.HashFormat;
import io.revoker.cli.terminal.CommandIo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashSecretTest {
    private record Result(int code, String printed) {}

    @Test
    void makesAFreshSecretWithItsHash() {
        Result result = run("");
        List<String> lines = result.printed().lines().toList();
        String secret = lines.get(0).replaceFirst("give the client: +", "");

        assertThat(result.code()).isZero();
        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(line(result))
                .isEqualTo(HashFormat.sha256(ClientSecret.of(secret).orElseThrow()));
        assertThat(run("").printed()).isNotEqualTo(result.printed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter zwö", "hunter zwö\n", "hunter zwö\r\n"})
    void hashesASecretFromStandardInputWithoutItsLineEnd(String input) throws Exception {
        Result result = run(input, "--stdin");
        String[] parts = line(result).split(":");
        byte[] salt = Base64.getDecoder().decode(parts[2]);

        assertThat(result.code()).isZero();
        assertThat(parts).hasSize(4).startsWith("pbkdf2-sha256", "600000");
        assertThat(Base64.getDecoder().decode(parts[3]))
                .isEqualTo(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new PBEKeySpec("hunter zwö".toCharArray(), salt, 600_000, 256))
                        .getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hunter2\nhunter3\n", "hunter2\n\n", "hunter2\0"})
    void refusesWhatIsNotOneLineWithoutRepeatingIt(String input) {
        Result result = run(input, "--stdin");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.printed())
                .startsWith("secret: unusable (expected: one line of UTF-8, ")
                .doesNotContain("hunter");
    }

    @Test
    void boundsTheSecretAt1024Bytes() {
        assertThat(run("x".repeat(1024) + "\r\n", "--stdin").code()).isZero();
        assertThat(run("x".repeat(1025), "--stdin").code()).isEqualTo(2);
        assertThat(run("x".repeat(5000), "--stdin").code()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(run("zwö".getBytes(ISO_8859_1), "--stdin").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--stdin"})
    void printsAnEntryThatTheClientFileTakes(String arguments, @TempDir Path directory) throws Exception {
        Result result = arguments.isEmpty() ? run("") : run("hunter2", arguments);
        String entry = result.printed().substring(result.printed().indexOf("  - id:"));
        Path file = Files.writeString(directory.resolve("clients.yaml"), "clients:\n" + entry);

        Callers.requireUsable(file);
    }

    /** The one in quotes. */
    private static String line(Result result) {
        return result.printed().split("\"", -1)[1];
    }

    private static Result run(String input, String... args) {
        return run(input.getBytes(UTF_8), args);
    }

    private static List<String> words(String... args) {
        return Stream.concat(Stream.of("hash-secret"), Stream.of(args)).toList();
    }

    private static Result run(byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, UTF_8);
        CommandIo io = new CommandIo(new ByteArrayInputStream(input), printed, printed, Map.of());
        int code = new Commands(io, (options, variables) -> List.of())
                .run(words(args))
                .orElseThrow();
        return new Result(code, out.toString(UTF_8).replace(System.lineSeparator(), "\n"));
    }
}
