package io.revoker.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.wiring.StartFaults.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {
    @TempDir
    private Path directory;

    @Test
    void tellsTheFaultsOfSettingsOfTheMachineAndOfTheClientFileAtOnce() throws IOException {
        Path clients = Files.writeString(directory.resolve("clients.yaml"), "clients:\n  - id: a\n");
        Path absent = directory.resolve("absent.pem");

        assertThat(faults(
                        "--http.port=99999",
                        "--clients.cache-size=0",
                        "--clients.file=" + clients,
                        "--redis.tls.ca=" + absent,
                        "--no-such=1"))
                .satisfiesExactly(
                        unknown -> assertThat(unknown).startsWith("no-such: unknown"),
                        port -> assertThat(port).startsWith("http.port: 99999"),
                        size -> assertThat(size).startsWith("clients.cache-size: 0"),
                        secret -> assertThat(secret).startsWith("clients.file: " + clients + ": clients[0].secret"),
                        privileges ->
                                assertThat(privileges).startsWith("clients.file: " + clients + ": clients[0].priv"),
                        ca -> assertThat(ca).startsWith("redis.tls.ca: " + absent));
    }

    @Test
    void tellsTheFaultsOfFilesThoughTheTwoListenersShareAPort() throws IOException {
        Path clients = Files.writeString(directory.resolve("clients.yaml"), "clients:\n  - id: a\n");
        Path absent = directory.resolve("absent.pem");

        assertThat(faults(
                        "--http.port=8081",
                        "--http.tls.enabled=true",
                        "--http.tls.certificate=" + absent,
                        "--http.tls.key=" + absent,
                        "--clients.file=" + clients))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("management.port: 8081"),
                        secret -> assertThat(secret).startsWith("clients.file: " + clients + ": clients[0].secret"),
                        privileges ->
                                assertThat(privileges).startsWith("clients.file: " + clients + ": clients[0].priv"),
                        certificate -> assertThat(certificate).startsWith("http.tls.certificate: " + absent),
                        key -> assertThat(key).startsWith("http.tls.key: " + absent));
    }

    @Test
    void asksForAClientFileThoughOtherSettingsOfTheListenerAreWrong() {
        assertThat(faults("--http.port=99999", "--http.host=0.0.0.0"))
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("clients.file: missing"));
    }

    @Test
    void asksForNoClientFileThatIsNamed() {
        Path absent = directory.resolve("absent.yaml");

        assertThat(faults("--http.host=0.0.0.0", "--clients.cache-size=0", "--clients.file=" + absent))
                .satisfiesExactly(
                        size -> assertThat(size).startsWith("clients.cache-size: 0"),
                        file -> assertThat(file).startsWith("clients.file: " + absent));
    }

    @Test
    void tellsAFileThatCantBeReadAlone() {
        assertThat(faults("--config=" + directory.resolve("absent.yaml"), "--http.port=99999"))
                .singleElement()
                .asString()
                .contains("no such file");
    }

    @Test
    void letsGoodSettingsPass() throws StartRefused {
        assertThat(StartChecks.load(List.of("--http.port=0"), Map.of())
                        .configuration()
                        .http()
                        .port())
                .isZero();
    }

    private static List<String> faults(String... arguments) {
        return catchThrowableOfType(StartRefused.class, () -> StartChecks.load(List.of(arguments), Map.of()))
                .faults();
    }
}
