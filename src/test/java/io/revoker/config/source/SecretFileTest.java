package io.revoker.config.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.config.values.Secret;
import io.revoker.testing.Configurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in files that variables name. */
class SecretFileTest {
    private static final String EXPECTED = " (expected: a readable file with the value, 1 to 8192 bytes of UTF-8)";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"redis://:hunter2@redis", "redis://:hunter2@redis\n", "redis://:hunter2@redis\r\n"})
    void takesWhatTheFileHoldsWithoutTheEndOfItsLine(String content) throws IOException {
        assertThat(load(Map.of("REVOKER_REDIS_URL_FILE", file(content))).redis().url())
                .contains(new Secret("redis://:hunter2@redis"));
    }

    @Test
    void takesNothingElseAway() throws IOException {
        Map<String, String> environment =
                Map.of("REVOKER_REDIS_URL", "redis://redis", "REVOKER_REDIS_PASSWORD_FILE", file(" p\n \n\n"));

        assertThat(load(environment).redis().password()).contains(new Secret(" p\n \n"));
    }

    @Test
    void overrulesTheFileOfSettingsAndIsOverruledByTheCommandLine() throws IOException {
        Path settings = Loading.write(directory, "redis.url: redis://of-the-settings");
        Map<String, String> environment = Map.of("REVOKER_REDIS_URL_FILE", file("redis://of-the-variable"));
        String option = "--redis.url=redis://of-the-option";

        assertThat(url(List.of("--config=" + settings), environment)).isEqualTo("redis://of-the-variable");
        assertThat(url(List.of("--config=" + settings, option), environment)).isEqualTo("redis://of-the-option");
    }

    @Test
    void aBlankNameIsNone() {
        assertThat(load(Map.of("REVOKER_REDIS_URL_FILE", " "))).isEqualTo(Loading.defaults());
    }

    @Test
    void aValueAndAFileAreOneTooMany() throws IOException {
        Map<String, String> environment =
                Map.of("REVOKER_REDIS_URL", "redis://redis", "REVOKER_REDIS_URL_FILE", file("redis://redis"));

        assertThat(faults(environment))
                .containsExactly("REVOKER_REDIS_URL_FILE: set beside REVOKER_REDIS_URL (expected: one of them)");
    }

    @Test
    void tellsWhatIsWrongWithEveryFileAndWithEverythingElseAtOnce() throws IOException {
        String absent = directory.resolve("absent").toString();
        String tooLong = file("hunter2".repeat(1200));

        assertThat(faults(Map.of(
                        "REVOKER_REDIS_PASSWORD_FILE", tooLong,
                        "REVOKER_REDIS_URL_FILE", absent,
                        "REVOKER_HTTP_PORT", "99999")))
                .containsExactly(
                        "REVOKER_REDIS_PASSWORD_FILE: " + tooLong + ": too long" + EXPECTED,
                        "REVOKER_REDIS_URL_FILE: no such file" + EXPECTED,
                        "http.port: 99999 (expected: 0 to 65535; from REVOKER_HTTP_PORT)");
    }

    @Test
    void refusesAFileThatHoldsNothing() throws IOException {
        String empty = file("\n");

        assertThat(faults(Map.of("REVOKER_REDIS_URL_FILE", empty)))
                .containsExactly("REVOKER_REDIS_URL_FILE: " + empty + ": empty" + EXPECTED);
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Path binary = Files.write(directory.resolve("binary"), "hunter\u00ff".getBytes(ISO_8859_1));

        assertThat(faults(Map.of("REVOKER_REDIS_URL_FILE", binary.toString())))
                .containsExactly("REVOKER_REDIS_URL_FILE: " + binary + ": not UTF-8" + EXPECTED);
    }

    @Test
    void refusesADirectory() {
        assertThat(faults(Map.of("REVOKER_REDIS_URL_FILE", directory.toString())))
                .containsExactly("REVOKER_REDIS_URL_FILE: " + directory + ": unreadable" + EXPECTED);
    }

    @Test
    void isForSecretsOnly() throws IOException {
        assertThat(faults(Map.of("REVOKER_HTTP_PORT_FILE", file("1"))))
                .singleElement()
                .asString()
                .startsWith("REVOKER_HTTP_PORT_FILE: unknown");
    }

    @Test
    void aWrongValueOfAFileIsNotShown() throws IOException {
        assertThat(faults(Map.of("REVOKER_REDIS_URL_FILE", file("hunter2"))))
                .singleElement()
                .asString()
                .startsWith("redis.url: ***")
                .endsWith("from REVOKER_REDIS_URL_FILE)");
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content).toString();
    }

    private static Configuration load(Map<String, String> environment) {
        return Configurations.of(List.of(), environment);
    }

    private static String url(List<String> arguments, Map<String, String> environment) {
        return Configurations.of(arguments, environment)
                .redis()
                .url()
                .orElseThrow()
                .value();
    }

    private static List<String> faults(Map<String, String> environment) {
        return Loading.faults(List.of(), environment);
    }
}
