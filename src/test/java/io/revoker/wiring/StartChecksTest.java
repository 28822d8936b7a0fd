package io.revoker.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.wiring.StartProblems.NotStarted;
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
    void tellsTheFaultsOfTheRealmFileAndOfWhatItNames() throws IOException {
        Path realms = directory.resolve("realms.yaml");
        Path absent = directory.resolve("absent.pem");
        String corp = "realms: {corp: {issuer: i, jwks: 'https://login.example/', ";

        Files.writeString(realms, corp + "max-lifetime: 2h, ca: '" + absent + "'}, partners: {}}");
        assertThat(faults("--http.port=99999", "--log.retention=2h", "--realms.file=" + realms))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("http.port: 99999"),
                        lifetime -> assertThat(lifetime)
                                .isEqualTo("realms.file: " + realms + ": realms.corp.max-lifetime: 2h (expected: with"
                                        + " twice clock-skew, 10s, at most log.retention, 2h)"),
                        issuer -> assertThat(issuer).startsWith("realms.file: " + realms + ": realms.partners.issuer"),
                        keys -> assertThat(keys).startsWith("realms.file: " + realms + ": realms.partners.jwks"),
                        ca -> assertThat(ca)
                                .isEqualTo("realms.file: " + realms + ": realms.corp.ca: " + absent
                                        + " (expected: a readable PEM file of certificates)"));
    }

    @Test
    void tellsWhatClientsWithoutSecretsNeed() throws IOException {
        Path clients = Files.writeString(directory.resolve("clients.yaml"), """
                clients:
                  - {id: a, jwks: %1$s/absent.json, privileges: [check]}
                  - {id: b, certificate: {san-dns: b.example}, privileges: [check]}
                """.formatted(directory));

        assertThat(faults("--http.port=99999", "--clients.file=" + clients))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("http.port: 99999"),
                        certificate -> assertThat(certificate)
                                .isEqualTo("clients.file: " + clients + ": certificate (expected: with"
                                        + " http.tls.client-authorities, and TLS enabled)"),
                        keys -> assertThat(keys)
                                .startsWith("clients.file: " + clients + ": clients[0].jwks: " + directory
                                        + "/absent.json: NoSuchFileException"));
        Files.writeString(clients, "clients: [{id: a, jwks: 'https://a.example/', privileges: [check]}]");
        assertThat(faults("--http.port=99999", "--clients.file=" + clients))
                .contains("clients.file: " + clients
                        + ": jwks (expected: with oauth.issuer, which is what clients sign for)");
    }

    @Test
    void tellsTheFaultsOfTheKeysThatEncrypt() throws IOException {
        for (String content : List.of("", "c2hvcnQ=\n", "secret-that-is-no-base64-of-32-bytes!\n")) {
            Path keys = Files.writeString(directory.resolve("receivers.keys"), content);
            assertThat(faults("--ssf.push.key-file=" + keys))
                    .satisfiesExactly(fault -> assertThat(fault)
                            .startsWith("ssf.push.key-file: " + keys + ": ")
                            .endsWith(" (expected: 1 to 16 lines of base64, each of 32 bytes: openssl rand -base64 32)")
                            .doesNotContain("secret", "c2hvcnQ"));
        }
        assertThat(faults("--ssf.push.key-file=" + directory.resolve("absent")))
                .satisfiesExactly(fault -> assertThat(fault).contains("absent: NoSuchFileException"));
    }

    @Test
    void tellsTheFaultsOfTheKeysThatSign() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), "{\"keys\":[]}");
        String issuer = "--oauth.issuer=https://auth.example";

        assertThat(faults(issuer, "--http.port=99999", "--signing.file=" + keys))
                .satisfiesExactly(
                        port -> assertThat(port).startsWith("http.port: 99999"),
                        empty -> assertThat(empty)
                                .isEqualTo("signing.file: " + keys
                                        + ": 0 keys (expected: 1 to 16, as PEM, PKCS #8, or as JWKs)"));
        assertThat(faults("--signing.file=" + keys))
                .anySatisfy(nameless -> assertThat(nameless)
                        .startsWith(
                                "signing.file: " + keys + " (expected: with oauth.issuer, which what is signed names"));
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
    void asksForAClientFileIfOthersReachTheListenerForGrpc() {
        assertThat(faults("--grpc.enabled=true", "--grpc.host=0.0.0.0"))
                .singleElement()
                .asString()
                .startsWith("clients.file: missing (expected: a client file when grpc.host is 0.0.0.0");
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
    void letsGoodSettingsPass() throws NotStarted {
        assertThat(StartChecks.load(List.of("--http.port=0"), Map.of())
                        .configuration()
                        .http()
                        .port())
                .isZero();
    }

    private static List<String> faults(String... arguments) {
        return catchThrowableOfType(NotStarted.class, () -> StartChecks.load(List.of(arguments), Map.of()))
                .problems();
    }
}
