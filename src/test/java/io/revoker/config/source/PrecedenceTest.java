package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig;
import io.revoker.testing.Configurations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {
    @TempDir
    Path directory;

    @Test
    void laterSourcesOverruleEarlierOnesSettingBySetting() {
        Path file = Loading.write(directory, """
                http: {port: 1001, backlog: 1001, max-in-flight: 1001}
                """);
        Map<String, String> environment = Map.of("REVOKER_HTTP_PORT", "1002", "REVOKER_HTTP_BACKLOG", "1002");

        HttpConfig http = Configurations.of(List.of("--config=" + file, "--http.port=1003"), environment)
                .http();

        assertThat(http.port()).isEqualTo(1003);
        assertThat(http.backlog()).isEqualTo(1002);
        assertThat(http.maxInFlight()).isEqualTo(1001);
        assertThat(http.maxConnections()).isEqualTo(10_000);
    }

    @Test
    void theFileOfTheCommandLineOverrulesThatOfTheEnvironment() {
        Path file = Loading.write(directory, "http.port: 1001");

        Configuration configuration =
                Configurations.of(List.of("--config", file.toString()), Map.of("REVOKER_CONFIG", "absent.yaml"));

        assertThat(configuration.http().port()).isEqualTo(1001);
    }

    @Test
    void theEnvironmentNamesTheFile() {
        Path file = Loading.write(directory, "http.port: 1001");

        Configuration configuration = Configurations.of(List.of(), Map.of("REVOKER_CONFIG", file.toString()));

        assertThat(configuration.http().port()).isEqualTo(1001);
    }

    @Test
    void aBlankFileNameIsNone() {
        assertThat(Configurations.of(List.of(), Map.of("REVOKER_CONFIG", " "))).isEqualTo(Loading.defaults());
    }

    @Test
    void ignoresWhatKubernetesSetsForAServiceOfOurName() {
        Map<String, String> environment = Map.of(
                "REVOKER_SERVICE_HOST", "10.0.0.1",
                "REVOKER_SERVICE_PORT", "8080",
                "REVOKER_SERVICE_PORT_HTTP", "8080",
                "REVOKER_PORT", "tcp://10.0.0.1:8080",
                "REVOKER_PORT_8080_TCP_ADDR", "10.0.0.1",
                "PATH", "/bin");

        assertThat(Configurations.of(List.of(), environment)).isEqualTo(Loading.defaults());
    }

    @Test
    void ignoresWhatIsForTheCommands() {
        Map<String, String> environment = Map.of(
                "REVOKER_CONTEXTS", "contexts.yaml",
                "REVOKER_CONTEXT", "production",
                "REVOKER_SERVER", "http://127.0.0.1:8080",
                "REVOKER_CLIENT", "ops",
                "REVOKER_SECRET", "secret",
                "REVOKER_SECRET_FILE", "file",
                "REVOKER_CA", "ca.pem");

        assertThat(Configurations.of(List.of(), environment)).isEqualTo(Loading.defaults());
    }

    @Test
    void stripsTheLineEndOfAMountedValue() {
        assertThat(Configurations.of(List.of(), Map.of("REVOKER_HTTP_PORT", "9090\n"))
                        .http()
                        .port())
                .isEqualTo(9090);
    }
}
