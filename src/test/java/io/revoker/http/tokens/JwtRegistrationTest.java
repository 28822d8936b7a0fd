package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JWT says of itself what its registration leaves out. */
@OnEveryRedis
class JwtRegistrationTest {
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("claims");
    private final long now = Instant.now().getEpochSecond();

    JwtRegistrationTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void standsForWhatIsLeftOut() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"client_id\":\"app\",\"scope\":\"read write\",\"jti\":\"" + realm
                + "\",\"iat\":" + (now - 100) + ",\"exp\":" + (now + 500.5));

        Reply reply = register(jwt, "");

        assertThat(reply)
                .hasToString("201 {\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"expires_in\":600,"
                        + "\"client_id\":\"app\",\"scope\":\"read write\",\"issued_at\":" + (now - 100) + "}");
        assertThat(introspect(jwt))
                .hasToString("{\"active\":true,\"scope\":\"read write\",\"client_id\":\"app\",\"username\":\"joe\","
                        + "\"token_use\":\"access\",\"jti\":\"" + realm + "\",\"exp\":" + (now + 500) + ",\"iat\":"
                        + (now - 100) + ",\"sub\":\"joe\",\"realm_name\":\"" + realm + "\"}");
    }

    @Test
    void givesWayToTheFields() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"client_id\":\"app\",\"jti\":\"a\",\"exp\":" + (now + 500));

        Reply reply =
                register(jwt, ",\"username\":\"ann\",\"client_id\":\"web\",\"expires_in\":70,\"issued_at\":" + now);

        assertThat(reply)
                .hasToString("201 {\"realm_name\":\"" + realm + "\",\"username\":\"ann\",\"expires_in\":70,"
                        + "\"client_id\":\"web\",\"issued_at\":" + now + "}");
    }

    /** It would be counted with the one session, and die with both. */
    @Test
    void isOfTheSessionThatItIsRegisteredWith() {
        String access = Jwts.of("\"sub\":\"joe\",\"sid\":\"s1\",\"jti\":\"" + realm + "\",\"exp\":" + (now + 500));
        String refresh = Jwts.of("\"sub\":\"joe\",\"sid\":\"s2\",\"exp\":" + (now + 500));
        String alone = "{\"realm_name\":\"" + realm + "\",\"refresh_token\":\"" + refresh + "\",\"session_id\":\"s1\"}";

        assertThat(detail(register(access, ",\"session_id\":\"s2\"")))
                .isEqualTo("access_token: of another session by its sid (expected: that of the registration)");
        assertThat(detail(register(access, ",\"refresh_token\":\"" + refresh + "\"")))
                .isEqualTo("refresh_token: of another session by its sid (expected: that of the registration)");
        assertThat(detail(api.register(alone))).startsWith("refresh_token: of another session");
        assertThat(register(access, ",\"session_id\":\"s1\"").status()).isEqualTo(201);
        assertThat(register(Jwts.of("\"sub\":\"joe\",\"sid\":7,\"jti\":\"" + realm + "\""), ",\"session_id\":\"s1\"")
                        .status())
                .as("without a session of its own")
                .isEqualTo(201);
    }

    /** A request without the time of issue gives the remaining lifetime. */
    @Test
    void countsALifetimeFromNow() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"iat\":" + (now - 4000) + ",\"exp\":" + (now + 500));
        String endless = Jwts.of("\"sub\":\"joe\",\"iat\":" + (now - 4000));
        String paired = Jwts.of("\"sub\":\"joe\",\"iat\":" + (now - 4000) + ",\"exp\":" + (now + 500));

        assertThat(register(jwt, ",\"expires_in\":500")
                        .json()
                        .required("issued_at")
                        .longValue())
                .isGreaterThanOrEqualTo(now);
        assertThat(register(endless, "").json().required("issued_at").longValue())
                .isGreaterThanOrEqualTo(now);
        assertThat(introspect(jwt).required("exp").longValue()).isBetween(now + 500, now + 530);
        assertThat(register(paired, ",\"refresh_token\":\"" + Api.fresh("r") + "\"")
                        .json()
                        .required("issued_at")
                        .longValue())
                .isGreaterThanOrEqualTo(now);
    }

    @Test
    void isNotRegisteredOnceItHasExpired() {
        String expired = Jwts.of("\"sub\":\"joe\",\"exp\":" + (now - 1));

        assertThat(detail(register(expired, ""))).startsWith("access_token: expired by its exp, " + (now - 1));
        assertThat(register(expired, ",\"expires_in\":600").status()).isEqualTo(400);
        assertThat(detail(register(Jwts.of("\"sub\":\"joe\",\"exp\":" + (now + 100_000)), "")))
                .startsWith("access_token: expires by its exp, ")
                .endsWith("(expected: at most 86400 seconds after it was issued, or expires_in)");
    }

    /** Its fields may shorten its life, and never make it longer. */
    @ParameterizedTest
    @ValueSource(strings = {"", "refresh_"})
    void isNotActiveAfterItsOwnExp(String kind) {
        String jwt = Jwts.of("\"sub\":\"joe\",\"exp\":" + (now + 500));
        String body = "{\"realm_name\":\"" + realm + "\",\"" + (kind.isEmpty() ? "access_" : kind) + "token\":\"" + jwt
                + "\",\"issued_at\":" + (now - 10) + ",\"" + kind + "expires_in\":";

        assertThat(api.register(body + "600}").toString()).startsWith("201").contains(kind + "expires_in\":510");
        assertThat(introspect(jwt + "&token_type_hint=" + kind + "token")
                        .required("exp")
                        .longValue())
                .isEqualTo(now + 500);
        assertThat(api.register(body + "700}").toString()).startsWith("200").contains(kind + "expires_in\":510");
        assertThat(api.register(body + "400}").status()).isEqualTo(409);
    }

    @Test
    void isNotRegisteredIfItEndsBeforeItWasIssued() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"exp\":" + (now + 30));

        assertThat(detail(register(jwt, ",\"expires_in\":600,\"issued_at\":" + (now + 30))))
                .startsWith("access_token: expires by its exp, ")
                .contains("(expected: after it was issued, ");
    }

    /** Texts of other types, and payloads that are no JSON object, say nothing; the token is a token all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_id\":7,\"scope\":[\"a\"],\"jti\":null,\"sub\":\" \",\"n\":\"%s\"}",
                "{\"client_id\":{},\"scope\":\"\",\"jti\":1,\"sub\":true,\"n\":\"%s\"}",
                "[1,\"%s\"]",
                "%s",
            })
    void saysNothingThatItHasNoRightTo(String payload) {
        String jwt = "eyJhIjoxfQ." + Jwts.base64(payload.formatted(Api.fresh("n"))) + ".c2ln";

        JsonNode answer = register(jwt, ",\"username\":\"joe\"").json();

        assertThat(answer.required("expires_in").longValue()).isEqualTo(1200);
        assertThat(answer.fieldNames()).toIterable().doesNotContain("client_id", "scope");
        assertThat(introspect(jwt).fieldNames()).toIterable().doesNotContain("jti", "cnf", "token_type");
        assertThat(detail(register("x" + jwt, ""))).isEqualTo("username: missing (expected: a string)");
    }

    @Test
    void isKnownAgainByWhatIsLeftOfItsLife() {
        String jwt = Jwts.of("\"sub\":\"joe\"");
        register(jwt, ",\"expires_in\":600,\"issued_at\":" + (now - 100));

        assertThat(register(jwt, ",\"expires_in\":501,\"issued_at\":" + now).toString())
                .startsWith("200 ")
                .contains("\"expires_in\":600", "\"issued_at\":" + (now - 100));
        assertThat(register(jwt, ",\"expires_in\":503,\"issued_at\":" + now).status())
                .isEqualTo(409);
    }

    @Test
    void isBoundToAKeyByItsConfirmation() {
        String bound = Jwts.of("\"sub\":\"joe\",\"cnf\":{\"jkt\":\"" + THUMBPRINT + "\"}");
        String certified = Api.fresh("mtls");
        register(bound, "");
        register(
                certified,
                ",\"username\":\"joe\",\"token_type\":\"bearer\",\"cnf\":{\"x5t#S256\":\"" + THUMBPRINT + "\"}");

        assertThat(introspect(bound).path("token_type").textValue()).isEqualTo("DPoP");
        assertThat(introspect(bound).path("cnf")).hasToString("{\"jkt\":\"" + THUMBPRINT + "\"}");
        assertThat(introspect(certified).path("token_type").textValue()).isEqualTo("Bearer");
        assertThat(introspect(certified).path("cnf")).hasToString("{\"x5t#S256\":\"" + THUMBPRINT + "\"}");
        assertThat(detail(register(bound + "A", ",\"token_type\":\"Bearer\"")))
                .isEqualTo("token_type: Bearer, with cnf.jkt (expected: DPoP)");
    }

    /** RFC 9449, section 7: a caller that presents it as a bearer token does not prove that it has the key. */
    @Test
    void isNoBearerTokenIfItIsBoundToAKey() {
        String bound = Jwts.of("\"sub\":\"joe\",\"cnf\":{\"jkt\":\"" + THUMBPRINT + "\"}");
        register(bound, "");

        Reply asBearer = check("Bearer " + bound);
        assertThat(asBearer.status()).isEqualTo(401);
        assertThat(asBearer.header("WWW-Authenticate"))
                .isEqualTo("DPoP error=\"invalid_token\", error_description=\"bound to a key\"");
        assertThat(check("DPoP " + bound).status()).isEqualTo(200);
        assertThat(check("dpop " + bound).status()).isEqualTo(200);
        assertThat(check("DPoP " + api.access(realm, "joe")).status()).isEqualTo(401);
        assertThat(check("DPoP unknown").header("WWW-Authenticate")).startsWith("DPoP error=\"invalid_token\"");
    }

    @Test
    void needsAnAccessTokenForWhatIsSaidOfIt() {
        String refresh = "{\"realm_name\":\"r\",\"username\":\"u\",\"refresh_token\":\"" + realm + "\",";

        assertThat(detail(api.register(refresh + "\"token_type\":\"DPoP\"}")))
                .isEqualTo("token_type: given without access_token");
        assertThat(detail(register(realm, ",\"username\":\"u\",\"token_type\":\"MAC\"")))
                .isEqualTo("token_type: unknown (expected: Bearer or DPoP)");
        assertThat(detail(register(realm, ",\"username\":\"u\",\"cnf\":{\"jkt\":\"x\"}")))
                .isEqualTo("cnf.jkt: not a thumbprint (expected: 43 characters of base64url)");
        assertThat(detail(register(realm, ",\"username\":\"u\",\"cnf\":{\"kid\":\"x\"}")))
                .isEqualTo("cnf: an unknown field (expected: jkt, x5t#S256)");
    }

    private Reply register(String token, String fields) {
        return api.register("{\"realm_name\":\"" + realm + "\",\"access_token\":\"" + token + "\"" + fields + "}");
    }

    private Reply check(String authorization) {
        return service.call("GET", "/v1/check")
                .header("Authorization", authorization)
                .send();
    }

    private JsonNode introspect(String token) {
        return service.call("POST", "/oauth2/introspect")
                .form("token=" + token)
                .send()
                .json();
    }

    private static String detail(Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().required("detail").textValue();
    }
}
