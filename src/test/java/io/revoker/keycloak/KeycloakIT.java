package io.revoker.keycloak;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The access tokens of a real Keycloak die here, while its own keys still verify them. Runs with {@code -Pkeycloak} only,
 * which fetches its distribution. Every test has a user of its own.
 */
class KeycloakIT {
    private static final Path HOME = Path.of(System.getProperty("revoker.keycloak", ""));
    private static final String REALM = KeycloakRealm.NAME;

    private static KeycloakServer keycloak;
    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        int port = RedisProcess.freePort();
        keycloak = KeycloakServer.start(
                HOME,
                directory,
                KeycloakRealm.of("{}", logoutTokensTo(port), "ann", "bob", "eve", "joe", "kim", "liz", "tim"));
        Path realms =
                Files.writeString(directory.resolve("realms.yaml"), """
                realms:
                  corp:
                    issuer: %s
                    jwks: %s
                    allow-private-addresses: true
                    type: JWT
                    logout-audience: [app]
                """.formatted(keycloak.realm(), keycloak.keys()));
        service = RunningService.start("--http.port=" + port, "--realms.file=" + realms);
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
        service.close();
    }

    private static String logoutTokensTo(int revoker) {
        return """
                {"backchannel.logout.url": "http://127.0.0.1:%d/oidc/backchannel-logout",
                 "backchannel.logout.session.required": "true"}""".formatted(revoker);
    }

    @Test
    void oneTokenDies() {
        String one = access(login("ann"));
        String other = access(login("ann"));

        assertThat(api.invalidateAccess(one)).isEqualTo("200 1,0,0");

        assertThat(api.check(one)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(200);
        assertThat(isSignedByKeycloak(one)).isTrue();
    }

    @Test
    void theTokensOfAUserDieAndThoseOfANewLoginLive() {
        String bob = access(login("bob"));
        String liz = access(login("liz"));

        api.invalidateUserInRealm(REALM, subject(bob));

        assertThat(api.check(bob)).isEqualTo(401);
        assertThat(api.check(liz)).isEqualTo(200);
        assertThat(isSignedByKeycloak(bob)).isTrue();
        assertThat(api.check(access(login("bob")))).isEqualTo(200);
    }

    @Test
    void theTokensOfWhoLogsOutDie() {
        JsonNode tokens = login("joe");

        assertThat(keycloak.logout(
                        KeycloakRealm.CLIENT, tokens.required("refresh_token").textValue()))
                .isEqualTo(204);

        until("Keycloak's logout token has come", () -> api.check(access(tokens)) == 401);
        assertThat(isSignedByKeycloak(access(tokens))).isTrue();
    }

    /** Of this Keycloak sends no security event. */
    @Test
    void theTokensOfASessionThatAnAdministratorEndsDie() {
        String ended = access(login("eve"));
        String other = access(login("eve"));

        assertThat(keycloak.administer("DELETE", "/sessions/" + claim(ended, "sid"))
                        .send()
                        .status())
                .isEqualTo(204);

        until("Keycloak's logout token has come", () -> api.check(ended) == 401);
        assertThat(api.check(other)).isEqualTo(200);
        assertThat(isSignedByKeycloak(ended)).isTrue();
    }

    @Test
    void theTokensOfASessionDie() {
        String ended = access(login("kim"));
        String other = access(login("kim"));

        assertThat(service.call("POST", "/v1/revocations")
                        .json("{\"target\":{\"realm_name\":\"corp\",\"session_id\":\"" + claim(ended, "sid") + "\"}}")
                        .send()
                        .status())
                .isEqualTo(200);

        assertThat(api.check(ended)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(200);
        assertThat(isSignedByKeycloak(ended)).isTrue();
    }

    @Test
    void theTokensOfTheRealmDie() {
        String tim = access(login("tim"));

        assertThat(api.counts("{\"realm_name\":\"corp\"}")).startsWith("200 ");

        assertThat(api.check(tim)).isEqualTo(401);
        assertThat(isSignedByKeycloak(tim)).isTrue();
    }

    /** Tokens that are active: of a later second than any revocation of them. */
    private static JsonNode login(String user) {
        AtomicReference<JsonNode> tokens = new AtomicReference<>();
        until("active", () -> {
            tokens.set(keycloak.login(KeycloakRealm.CLIENT, user));
            return api.check(access(tokens.get())) == 200;
        });
        return tokens.get();
    }

    private static String access(JsonNode tokens) {
        return tokens.required("access_token").textValue();
    }

    private static String subject(String token) {
        return claim(token, "sub");
    }

    private static String claim(String token, String name) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim(name);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSignedByKeycloak(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWKSet keys = JWKSet.parse(Call.of("GET", keycloak.keys()).send().body());
            String id = jwt.getHeader().getKeyID();
            return jwt.verify(new RSASSAVerifier(keys.getKeyByKeyId(id).toRSAKey()));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
