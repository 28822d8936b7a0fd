package io.revoker.keycloak;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.revoker.testing.Api;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Keycloak tells by security events whose sessions have ended: it pushes them to one service, and another one
 * polls for them. No other notice comes from it. Runs with {@code -Pkeycloak} only. Every test has a user of its own.
 */
class KeycloakEventsIT {
    private static final Path HOME = Path.of(System.getProperty("revoker.keycloak", ""));

    private static KeycloakServer keycloak;
    private static RunningService pushed;
    private static RunningService polling;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        keycloak = KeycloakServer.start(
                HOME,
                directory,
                KeycloakRealm.of("{\"ssf.transmitterEnabled\": \"true\"}", "{}", "ann", "bob"),
                "--features=ssf",
                "--spi-ssf-transmitter--default--outbox-drainer-interval=1s",
                "--spi-ssf-transmitter--default--allow-insecure-push-targets=true");
        int port = RedisProcess.freePort();
        KeycloakStream push = KeycloakStream.pushed(keycloak, "pushed-to", "http://127.0.0.1:" + port + "/ssf/events");
        pushed = start(directory.resolve("pushed.yaml"), push, "--http.port=" + port);
        KeycloakStream poll = KeycloakStream.polled(keycloak, "polling");
        Path token = Files.writeString(directory.resolve("token"), poll.token());
        polling = start(
                directory.resolve("polling.yaml"),
                poll,
                "--ssf.source.url=" + poll.url(),
                "--ssf.source.token-file=" + token,
                "--ssf.source.allow-private-addresses=true");
    }

    private static RunningService start(Path realms, KeycloakStream stream, String... options) throws IOException {
        Files.writeString(realms, """
                realms:
                  corp:
                    issuer: %s
                    jwks: %s
                    allow-private-addresses: true
                    type: JWT
                    events-audience: [%s]
                """.formatted(keycloak.realm(), keycloak.keys(), stream.audience()));
        return RunningService.start(Stream.concat(Stream.of("--realms.file=" + realms), Stream.of(options))
                .toArray(String[]::new));
    }

    /** What was started last may not be there. */
    @AfterAll
    static void stop() {
        keycloak.close();
        pushed.close();
        polling.close();
    }

    @Test
    void theTokensOfASessionDieWhenItsUserLogsOut() {
        JsonNode ended = keycloak.login(KeycloakRealm.CLIENT, "ann");
        JsonNode other = keycloak.login(KeycloakRealm.CLIENT, "ann");
        assertThat(checks(ended, other)).containsOnly(200);

        assertThat(keycloak.logout(
                        KeycloakRealm.CLIENT, ended.required("refresh_token").textValue()))
                .isEqualTo(204);

        until("Keycloak's event has come", () -> checks(ended).equals(List.of(401, 401)));
        assertThat(checks(other)).containsOnly(200);
    }

    @Test
    void allTokensOfAUserDieWhenAnAdministratorLogsTheUserOut() throws ParseException {
        JsonNode one = keycloak.login(KeycloakRealm.CLIENT, "bob");
        JsonNode other = keycloak.login(KeycloakRealm.CLIENT, "bob");
        assertThat(checks(one, other)).containsOnly(200);

        String user = SignedJWT.parse(access(one)).getJWTClaimsSet().getSubject();
        assertThat(keycloak.administer("POST", "/users/" + user + "/logout")
                        .send()
                        .status())
                .isEqualTo(204);

        until("Keycloak's event has come", () -> checks(one, other).equals(List.of(401, 401, 401, 401)));
    }

    /** By both services. */
    private static List<Integer> checks(JsonNode... logins) {
        return Stream.of(logins)
                .map(KeycloakEventsIT::access)
                .flatMap(token -> Stream.of(pushed, polling).map(service -> new Api(service).check(token)))
                .toList();
    }

    private static String access(JsonNode tokens) {
        return tokens.required("access_token").textValue();
    }
}
