package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JWT says of its times and of its key is taken as it is meant, or the JWT is refused: nothing of it is passed over. */
class JwtClaimFaultsTest {
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("claims");
    private final long now = Instant.now().getEpochSecond();

    /** It would be registered as a bearer token. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                             | access_token: its cnf has no supported key",
                "{\"kid\":\"k\"}                                | access_token: its cnf has no supported key",
                "{\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"a\"}} | access_token: its cnf has no supported key",
                "{\"jkt\":null}                                 | access_token: its cnf has no supported key",
                "{\"jkt\":\"short\"}                            | access_token: its cnf.jkt is not a thumbprint",
                "{\"jkt\":\"0ZcOCORZNYy+DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"} | access_token: its cnf.jkt is not a thumbprint",
                "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I=\"} | access_token: its cnf.jkt is not a thumbprint",
                "{\"jkt\":7}                                    | access_token: its cnf.jkt is not a thumbprint",
                "{\"jkt\":\"\"}                                 | access_token: its cnf.jkt is not a thumbprint",
                "{\"x5t#S256\":\"bad\"}                         | access_token: its cnf.x5t#S256 is not a thumbprint",
                "{\"x5t#S256\":[\"a\"]}                         | access_token: its cnf.x5t#S256 is not a thumbprint",
                "\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\" | access_token: its cnf is not an object but string",
                "[]                                             | access_token: its cnf is not an object but array",
                "true                                           | access_token: its cnf is not an object but boolean",
            })
    void areOfAKeyThatIsNotUnderstood(String confirmation, String reason) {
        String jwt = Jwts.of("\"sub\":\"joe\",\"cnf\":" + confirmation);

        assertThat(detail(register(jwt, ""))).startsWith(reason).contains("(expected: ");
        assertThat(api.check(jwt)).isEqualTo(401);
    }

    @Test
    void areMendedByTheField() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"cnf\":{\"kid\":\"k\"}");

        assertThat(register(jwt, ",\"cnf\":{\"jkt\":\"" + THUMBPRINT + "\"}").status())
                .isEqualTo(201);
        assertThat(api.check(jwt)).isEqualTo(401);
        assertThat(service.call("GET", "/v1/check")
                        .header("Authorization", "DPoP " + jwt)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    /** RFC 7800, section 3.1: members that are not understood are ignored beside one that is. */
    @Test
    void areNotOfAKeyThatIsNamedInAnotherWayToo() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"cnf\":{\"kid\":\"k\",\"jkt\":\"" + THUMBPRINT + "\"}");

        assertThat(register(jwt, "").status()).isEqualTo(201);
        assertThat(api.check(jwt)).isEqualTo(401);
    }

    @Test
    void areOfNoKeyInTheFieldEither() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"cnf\":{\"jkt\":\"" + THUMBPRINT + "\"}");

        assertThat(detail(register(jwt, ",\"cnf\":{}"))).isEqualTo("cnf: no key (expected: jkt or x5t#S256)");
        assertThat(detail(register(jwt, ",\"cnf\":{\"jkt\":null}")))
                .isEqualTo("cnf: no key (expected: jkt or x5t#S256)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e400", "-1", "-0.5", "-1e400", "\"1795360087\"", "true", "[]", "{}", "99999999999999999999"})
    void areOfATimeThatIsNone(String time) {
        for (String claim : new String[] {"exp", "iat", "nbf"}) {
            String reason = "access_token: its " + claim + " is not a time (expected: a number of seconds since 1970)";

            String jwt = Jwts.of("\"sub\":\"joe\",\"" + claim + "\":" + time);
            assertThat(detail(register(jwt, ""))).isEqualTo(reason);
            assertThat(detail(register(jwt, ",\"expires_in\":60,\"issued_at\":" + now)))
                    .isEqualTo(reason);
        }
    }

    /** RFC 7519, section 2: a NumericDate may have a fraction. */
    @Test
    void areNotOfATimeWithAFraction() {
        String jwt =
                Jwts.of("\"sub\":\"joe\",\"nbf\":" + now + ".5,\"iat\":" + now + ".5,\"exp\":" + (now + 60) + ".5");

        assertThat(register(jwt, "").json().required("expires_in").longValue()).isEqualTo(60);
    }

    /**
     * RFC 7519, section 4.1.5: a token must not be accepted before its nbf. The issuer's clock may be slightly ahead.
     */
    @Test
    void areOfATimeThatIsStillToCome() {
        assertThat(detail(register(Jwts.of("\"sub\":\"joe\",\"nbf\":" + (now + 100)), "")))
                .startsWith(
                        "access_token: not valid before its nbf, " + (now + 100) + " (expected: at most 60 seconds");
        assertThat(detail(register(Jwts.of("\"sub\":\"joe\",\"iat\":" + (now + 100)), "")))
                .startsWith("access_token: issued in the future by its iat, " + (now + 100) + " (expected: at most 60");
        assertThat(register(Jwts.of("\"sub\":\"joe\",\"nbf\":" + (now + 20) + ",\"iat\":" + (now + 20)), "")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void areOfAnEndBeforeTheBeginning() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"iat\":" + (now + 30) + ",\"exp\":" + (now + 20));

        assertThat(detail(register(jwt, "")))
                .startsWith("access_token: expires by its exp, " + (now + 20) + " (expected: after it was issued, ");
    }

    /** One reader takes the first of them, another the last. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":%1$d,\"exp\":%1$d",
                "\"cnf\":{\"jkt\":\"x\",\"jkt\":\"x\"}",
                "\"address\":{\"deep\":[{\"a\":1,\"a\":2}]}",
                "\"sub\":\"ann\"",
            })
    void areOfAMemberThatIsThereTwice(String claims) {
        assertThat(detail(register(Jwts.of("\"sub\":\"joe\"," + claims.formatted(now + 60)), "")))
                .isEqualTo("access_token: claims that can't be read (expected: a JSON object, each name in it once)");
    }

    /** A verifier that is less strict, or has other bounds, may read there what would not have been seen here. */
    @Test
    void areOfClaimsThatCantBeRead() {
        for (String payload : new String[] {
            "{\"sub\":\"joe\",\"exp\":1,}",
            " {'sub':'joe'}",
            "\ufeff{\"sub\":\"joe\"",
            "\ufeff{\"sub\":\"joe\"}",
            "{\"sub\":\"joe\",\"deep\":" + "[".repeat(30) + "]".repeat(30) + "}",
        }) {
            assertThat(detail(register("eyJhIjoxfQ." + Jwts.base64(payload) + ".c2ln", ",\"username\":\"joe\"")))
                    .isEqualTo(
                            "access_token: claims that can't be read (expected: a JSON object, each name in it once)");
        }
    }

    /** JSON is UTF-8; a verifier that takes others too would read an expiry there. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void areOfClaimsInAnotherFormOfUnicode(String charset) {
        for (String payload : List.of("{\"sub\":\"joe\",\"exp\":1}", " \n{\"exp\":1}", "\ufeff{\"exp\":1}")) {
            String token = "eyJhIjoxfQ." + Jwts.base64(payload.getBytes(Charset.forName(charset))) + ".c2ln";

            assertThat(detail(register(token, ",\"username\":\"joe\"")))
                    .isEqualTo(
                            "access_token: claims that can't be read (expected: a JSON object, each name in it once)");
        }
    }

    @Test
    void areSeenInARefreshTokenAndInAStreamToo() {
        String jwt = Jwts.of("\"sub\":\"joe\",\"exp\":\"soon\"");
        String reason = "its exp is not a time (expected: a number of seconds since 1970)";

        assertThat(detail(api.register("{\"realm_name\":\"r\",\"username\":\"u\",\"refresh_token\":\"" + jwt + "\"}")))
                .isEqualTo("refresh_token: " + reason);
        assertThat(service.call("POST", "/v1/tokens")
                        .header("Content-Type", "application/x-ndjson")
                        .body("{\"realm_name\":\"r\",\"access_token\":\"" + jwt + "\"}\n")
                        .send()
                        .toString())
                .contains("\"status\":400", "access_token: " + reason);
    }

    @Test
    void areNoneIfAClaimIsNull() {
        assertThat(register(Jwts.of("\"sub\":\"joe\",\"exp\":null,\"nbf\":null,\"iat\":null,\"cnf\":null"), "")
                        .status())
                .isEqualTo(201);
    }

    private Reply register(String token, String fields) {
        return api.register("{\"realm_name\":\"" + realm + "\",\"access_token\":\"" + token + "\"" + fields + "}");
    }

    private static String detail(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        return reply.json().required("detail").textValue();
    }
}
