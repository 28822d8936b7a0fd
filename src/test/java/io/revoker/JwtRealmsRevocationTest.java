package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unregistered JWTs, from the file of realms to their revocation. */
class JwtRealmsRevocationTest {
    private static final Issuer ISSUER = Issuer.named("https://login.example/open");
    private static final Issuer SWEPT = Issuer.named("https://login.example/swept");
    private static final Issuer OTHER_CLAIM = Issuer.named("https://login.example/claim");
    private static final Issuer FAST = Issuer.named("https://login.example/fast");
    private static final Issuer FORGER = Issuer.named("https://login.example/open");

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), ISSUER.jwks());
        Path keysOfSwept = Files.writeString(directory.resolve("swept.json"), SWEPT.jwks());
        Path realms = Files.writeString(
                directory.resolve("realms.yaml"),
                """
                realms:
                  open: {issuer: '%s', jwks: '%s', registered: optional}
                  swept: {issuer: '%s', jwks: '%s', registered: none}
                  claim: {issuer: '%s', jwks: '%s', session-claim: session}
                """.formatted(ISSUER.name(), keys, SWEPT.name(), keysOfSwept, OTHER_CLAIM.name(), keysOfSwept)
                        + FAST.realm(directory, "fast", "clock-skew: 1m, fast-clock: true"));
        service = RunningService.start("--realms.file=" + realms);
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void diesAlone(String algorithm) {
        String token = ISSUER.accessToken(algorithm, "");
        String other = ISSUER.accessToken(algorithm, "");
        assertThat(api.check(token)).isEqualTo(200);

        assertThat(api.invalidateAccess(FORGER.accessToken(algorithm, ""))).isEqualTo(Api.UNKNOWN);
        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");

        assertThat(List.of(api.check(token), api.check(other))).containsExactly(401, 200);
        assertThat(revokeById(other)).contains("\"invalidated_tokens\":1");
        assertThat(api.check(other)).isEqualTo(401);
    }

    /** Its issuer has signed it for later. */
    @Test
    void diesBeforeItIsActive() {
        long later = System.currentTimeMillis() / 1000 + 200;
        String token = ISSUER.accessToken("ES256", ",\"nbf\":" + later);
        assertThat(api.check(token)).isEqualTo(401);

        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");
    }

    @Test
    void diesWithItsUser() {
        String token = SWEPT.accessToken("ES256", "");
        assertThat(api.check(token)).isEqualTo(200);

        Reply reply = api.invalidate("{\"realm_name\":\"swept\",\"username\":\"joe\"}");

        assertThat(reply.header("Revoker-Uncounted")).isEqualTo("jwt");
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");
    }

    /** By the claim of the realm, also if it has another one that has the session elsewhere. */
    @Test
    void isRegisteredWithTheSessionThatItDiesWith() {
        String token = OTHER_CLAIM.accessToken("ES256", ",\"session\":\"s1\",\"sid\":\"s2\"");
        String body = "{\"realm_name\":\"claim\",\"access_token\":\"" + token + "\"";

        assertThat(api.register(body + ",\"session_id\":\"s2\"}")
                        .json()
                        .required("detail")
                        .textValue())
                .isEqualTo("access_token: of another session by its session (expected: that of the registration)");
        assertThat(api.register(body + "}").json().required("session_id").textValue())
                .isEqualTo("s1");
    }

    /** The {@code iat} is later than the revocation, though the JWT was issued before it. */
    @Test
    void diesWithItsUserThoughItsIssuersClockIsAhead() {
        long ahead = now() + 55;
        String token = issuedAt(ahead);
        assertThat(api.check(token)).isEqualTo(200);

        Reply reply = api.invalidate("{\"realm_name\":\"fast\",\"username\":\"joe\"}");

        long safe = Long.parseLong(reply.header("Revoker-Effective-Not-Before"));
        assertThat(safe).isBetween(ahead + 6, now() + 61);
        assertThat(List.of(api.check(token), api.check(issuedAt(safe - 1)))).containsOnly(401);
        assertThat(api.invalidateAccess(token))
                .as("counted like one in the second of a revocation")
                .isEqualTo("200 0,1,0");

        String registered = issuedAt(now());
        assertThat(api.register("{\"realm_name\":\"fast\",\"access_token\":\"" + registered + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(api.check(registered)).as("registered since").isEqualTo(200);
        until("the first safe time of issue", () -> api.check(issuedAt(safe)) == 200);
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String issuedAt(long time) {
        return FAST.sign(
                "ES256",
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"ec\"}",
                "{\"iss\":\"" + FAST.name() + "\",\"sub\":\"joe\",\"jti\":\"" + Api.fresh("j") + "\",\"iat\":" + time
                        + ",\"exp\":" + (time + 300) + "}");
    }

    private static String revokeById(String token) {
        return service.call("POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body("{\"realm_name\":\"open\",\"token_id\":\""
                        + TokenId.of(token).value() + "\"}\n")
                .send()
                .body();
    }
}
