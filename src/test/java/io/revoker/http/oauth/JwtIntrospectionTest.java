package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What introspection tells of JWTs, registered or not (RFC 7662, section 2.2). */
class JwtIntrospectionTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");

    private static final Issuer MAIL = Issuer.named("https://login.example/mail");

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", "clock-skew: 20s")
                + MAIL.realm(directory, "mail", "username-claim: email");
        service = RunningService.start("--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms));
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsAllThatIsKnownOfOneThatNobodyRegistered() {
        long now = now();
        String token = jwt(
                now,
                "\"sub\":\"ann\",\"aud\":[\"orders\",\"billing\"],\"client_id\":\"app\",\"sid\":\"s\","
                        + "\"scope\":\"read write\",\"jti\":\"j\",\"nbf\":" + (now - 7) + ".5");

        ObjectNode answer = (ObjectNode) introspect(token);

        assertThat(answer)
                .hasToString("{\"active\":true,\"scope\":\"read write\",\"client_id\":\"app\",\"sid\":\"s\","
                        + "\"username\":\"ann\",\"token_type\":\"Bearer\",\"token_use\":\"access\",\"jti\":\"j\",\"exp\":"
                        + (now + 600) + ",\"iat\":" + now + ",\"sub\":\"ann\",\"realm_name\":\"corp\",\"iss\":\""
                        + CORP.name() + "\",\"aud\":[\"orders\",\"billing\"],\"nbf\":" + (now - 7) + "}");
    }

    @Test
    void tellsOneAudienceAsAListToo() {
        JsonNode answer = introspect(jwt(now(), "\"sub\":\"ann\",\"aud\":\"orders\""));

        assertThat(answer.required("aud")).hasToString("[\"orders\"]");
        assertThat(answer.has("nbf")).isFalse();
    }

    @Test
    void tellsTheSameOfOneThatWasRegistered() {
        String token = Jwts.of("\"iss\":\"https://other.example\",\"aud\":\"orders\",\"sub\":\"ann\",\"nbf\":1,\"exp\":"
                + (now() + 600));
        assertThat(api.register("{\"realm_name\":\"elsewhere\",\"access_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(201);

        JsonNode answer = introspect(token);

        assertThat(answer.has("iss")).as("nothing has verified it").isFalse();
        assertThat(answer.required("aud")).hasToString("[\"orders\"]");
        assertThat(answer.required("nbf").longValue()).isEqualTo(1);
    }

    /** Next to a subject that is not the issuer's it would name another user. */
    @Test
    void tellsAnIssuerOnlyWithItsOwnSubject() {
        JsonNode answer = introspect(signed(MAIL, now(), "\"sub\":\"4711\",\"email\":\"ann@corp.example\""));

        assertThat(answer.required("sub").textValue()).isEqualTo("ann@corp.example");
        assertThat(answer.has("iss")).isFalse();
    }

    /** Those who compare it with their own name find another one. */
    @ParameterizedTest
    @ValueSource(strings = {"[\"orders\",5]", "{\"orders\":1}", "7", "[]", "[[\"orders\"]]"})
    void tellsThatAMalformedAudienceIsNobody(String audience) {
        String token = Jwts.of("\"sub\":\"ann\",\"aud\":" + audience + ",\"exp\":" + (now() + 600));
        assertThat(api.register("{\"realm_name\":\"elsewhere\",\"access_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(201);

        assertThat(introspect(token).path("aud")).hasToString("[\"\"]");
    }

    /** Some clients, such as that of Vert.x, take a token for expired whose {@code iat} is ahead of their clock. */
    @Test
    void tellsNoTimeOfIssueThatIsToCome() {
        long ahead = now() + 15;
        String opaque = api.access("corp", "joe", "\"issued_at\":" + (now() + 50));

        JsonNode jwt = introspect(jwt(ahead, "\"sub\":\"joe\",\"nbf\":" + ahead));
        JsonNode registered = introspect(opaque);

        long now = now();
        assertThat(jwt.required("iat").longValue()).isPositive().isLessThanOrEqualTo(now);
        assertThat(jwt.required("nbf").longValue()).isPositive().isLessThanOrEqualTo(now);
        assertThat(registered.required("iat").longValue()).isPositive().isLessThanOrEqualTo(now);
    }

    @Test
    void tellsNothingOfARevokedOne() {
        String token = jwt(now(), "\"sub\":\"ann\",\"aud\":\"orders\"");
        api.invalidateAccess(token);

        assertThat(introspect(token)).hasToString("{\"active\":false}");
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String jwt(long issuedAt, String claims) {
        return signed(CORP, issuedAt, claims);
    }

    private static String signed(Issuer issuer, long issuedAt, String claims) {
        return issuer.sign(
                "ES256",
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"ec\"}",
                "{\"iss\":\"" + issuer.name() + "\",\"iat\":" + issuedAt + ",\"exp\":" + (issuedAt + 600) + "," + claims
                        + "}");
    }

    private static JsonNode introspect(String token) {
        return service.call("POST", "/oauth2/introspect")
                .form("token=" + token)
                .send()
                .json();
    }
}
