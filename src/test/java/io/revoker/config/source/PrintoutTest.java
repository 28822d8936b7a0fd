package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.testing.Configurations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintoutTest {
    @TempDir
    private Path directory;

    @Test
    void tellsWhatWasGivenAndWhere() throws IOException {
        Path file = Loading.write(directory, "http: {port: 1, backlog: 3}\nredis.tls.ca: my ca.pem");
        Path password = Files.writeString(directory.resolve("password"), "hunter2\n");
        Map<String, String> environment = Map.of(
                "REVOKER_HTTP_PORT", "2",
                "REVOKER_REDIS_URL", "redis://app@redis",
                "REVOKER_REDIS_PASSWORD_FILE", password.toString());

        Settings settings = ConfigurationLoader.read(
                List.of("--config=" + file, "--sweep.lease=7s", "--management.port=9"), environment);

        assertThat(settings.given())
                .isEqualTo("""
                http:
                  port: 2  # from REVOKER_HTTP_PORT
                  backlog: 3  # from FILE
                management:
                  port: 9  # from --management.port
                redis:
                  url: "redis://app@redis"  # from REVOKER_REDIS_URL
                  # password: "<redacted>"  # from REVOKER_REDIS_PASSWORD_FILE
                  tls:
                    ca: "my ca.pem"  # from FILE
                sweep:
                  lease: 7s  # from --sweep.lease
                """.replace("FILE\n", file + "\n").replace("PASSWORD_" + file, "PASSWORD_FILE"));
    }

    @Test
    void tellsNothingWhereNothingWasGiven() {
        assertThat(read().given()).isEmpty();
    }

    @Test
    void tellsEverySettingAndItsDefault() {
        String printed = read("--http.port=9090").effective();

        assertThat(printed)
                .contains("  port: 9090  # from --http.port\n", "  port: 8081  # the default\n")
                .contains("  file: \"\"  # the default\n", "  version: 7.17.28  # the default\n");
        assertThat(printed.lines().filter(line -> line.contains("  # ")))
                .hasSameSizeAs(new Schema(Configuration.class).settings());
    }

    @Test
    void canBeReadAgain() throws IOException {
        Settings printed = ConfigurationLoader.read(List.of("--config=" + everything()), Map.of());

        Configuration again = Configurations.of(
                List.of("--config=" + Loading.write(directory, printed.effective())),
                Map.of(
                        "REVOKER_REDIS_PASSWORD", "pa#ss",
                        "REVOKER_TRACING_OTLP_HEADERS", "Authorization=Bearer x=y,X-Tenant=a b"));

        assertThat(again).isEqualTo(printed.configuration());
    }

    @Test
    void canBeReadAgainThoughASectionHasNothingButASecret() {
        String printed = read("--redis.url=redis://:hunter2@redis").given();

        assertThat(Loading.file(directory, printed)).isEqualTo(Loading.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "~", "a: b", "# x", "\"quoted\" \\ ", "- x", "*x", "ä\u2028", "tab\tend", "::"})
    void canBeReadAgainWhateverTheTextIs(String text) {
        Settings settings = read("--http.host=" + text);

        assertThat(Loading.file(directory, settings.given())).isEqualTo(settings.configuration());
    }

    @ParameterizedTest
    @CsvSource({
        "redis://:hunter2@redis, redis://:<redacted>@redis",
        "rediss://app:hunter2@redis:1/2, rediss://app:<redacted>@redis:1/2",
        "'redis-sentinel://:hunter2@one,two#main', 'redis-sentinel://:<redacted>@one,two#main'",
        "'redis-cluster://app:hunter2@one,[::1]:2', 'redis-cluster://app:<redacted>@one,[::1]:2'"
    })
    void hidesThePasswordOfAUrl(String url, String shown) {
        assertThat(read("--redis.url=" + url).given())
                .isEqualTo("redis:\n  # url: \"" + shown + "\"  # from --redis.url\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "redis://hunter2", "://a:@hunter2"})
    void hidesAPasswordWhateverItLooksLike(String password) {
        Settings settings = read("--redis.url=redis://redis", "--redis.password=" + password);

        assertThat(settings.effective())
                .contains("  # password: \"<redacted>\"  # from")
                .doesNotContain("hunter2");
    }

    private static Settings read(String... options) {
        return ConfigurationLoader.read(List.of(options), Map.of());
    }

    private Path everything() throws IOException {
        try (InputStream input = PrintoutTest.class.getResourceAsStream("everything.yaml")) {
            return Loading.write(directory, new String(input.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
