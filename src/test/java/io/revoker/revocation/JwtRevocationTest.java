package io.revoker.revocation;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.CommandRun;
import io.revoker.domain.RealmId;
import io.revoker.domain.TokenId;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revocations of unregistered JWTs, as a client sees them. */
@OnEveryRedis
class JwtRevocationTest {
    private final TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
    private final String prefix = Api.fresh("jwts");
    private final RedisClient redis;
    private final RunningService service;
    private final Api api;

    JwtRevocationTest(Server server) {
        redis = RedisClient.of(server.url());
        service = RunningService.on(server.url(), RealmFiles.option(issuer), "--redis.prefix=" + prefix);
        api = new Api(service);
    }

    @AfterEach
    void close() {
        service.close();
        redis.close();
    }

    @Test
    void callsItActiveAndTellsWhatItSays() {
        String token = issuer.token("joe");

        Reply check = service.call("GET", "/v1/check").bearer(token).send();
        JsonNode facts = introspect(token).json();

        assertThat(check.status()).isEqualTo(200);
        assertThat(check.header("X-Auth-Subject")).isEqualTo("joe");
        assertThat(check.header("X-Auth-Realm")).isEqualTo(issuer.realm());
        assertThat(check.header("X-Auth-Client")).isEqualTo("app");
        assertThat(facts.path("active").booleanValue()).isTrue();
        assertThat(facts.path("sub").textValue()).isEqualTo("joe");
        assertThat(facts.path("username").textValue()).isEqualTo("joe");
        assertThat(facts.path("client_id").textValue()).isEqualTo("app");
        assertThat(facts.path("scope").textValue()).isEqualTo("read");
        assertThat(facts.path("jti").textValue()).isEqualTo(TrustedIssuer.jti(token));
        assertThat(facts.path("exp").longValue() - facts.path("iat").longValue())
                .isEqualTo(900);
        assertThat(checks(token, "unknown")).isEqualTo("true false");
        assertThat(redis.keys(prefix + ":t:")).isEmpty();
    }

    @Test
    void revokesItByItsText() {
        String token = issuer.token("joe");
        String other = issuer.token("joe");
        String reencoded = issuer.withOtherSignature(token);
        List<String> forms = List.of(token, reencoded, spareBits(token), spareBits(reencoded));
        assertThat(forms).allMatch(form -> api.check(form) == 200);

        assertThat(api.invalidateAccess(reencoded)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");

        assertThat(forms).allMatch(form -> api.check(form) == 401);
        assertThat(introspect(reencoded).body()).isEqualTo("{\"active\":false}");
        assertThat(checks(token, other)).isEqualTo("false true");
    }

    @Test
    void revokesItByOAuth() {
        String token = issuer.token("joe");
        String forged = TrustedIssuer.forged(issuer.token("joe"));

        for (String shown : List.of(issuer.withOtherSignature(token), forged)) {
            assertThat(service.call("POST", "/oauth2/revoke")
                            .form("token_type_hint=refresh_token&token=" + shown)
                            .send()
                            .toString())
                    .isEqualTo("200 {}");
        }

        assertThat(api.check(token)).isEqualTo(401);
        assertThat(tombstones()).hasSize(1);
    }

    @Test
    void revokesWhatLeaked() {
        String token = issuer.token("joe");
        String forged = TrustedIssuer.forged(issuer.token("joe"));

        assertThat(service.call("POST", "/v1/revoke_tokens")
                        .json("[{\"token\":\"" + token + "\"},{\"token\":\"" + forged + "\"}]")
                        .send()
                        .status())
                .isEqualTo(204);

        assertThat(api.check(token)).isEqualTo(401);
        assertThat(tombstones()).hasSize(1);
    }

    /** The same signature, in another form that some libraries read. */
    private static String spareBits(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }

    @Test
    void revokesItInAStream() {
        String byText = issuer.token("joe");
        String byJti = issuer.token("joe");
        String byId = issuer.token("joe");
        String id = TokenId.of(byId).value();
        String realm = "{\"realm_name\":\"" + issuer.realm() + "\",";

        String answer = stream("{\"token\":\"" + byText + "\"}\n" + realm + "\"jti\":\"" + TrustedIssuer.jti(byJti)
                + "\"}\n"
                + realm + "\"token_id\":\"" + id + "\"}\n" + realm + "\"jti\":\"" + TrustedIssuer.jti(byJti) + "\"}\n"
                + "{\"token\":\"" + TrustedIssuer.forged(byText)
                + "\"}\n{\"realm_name\":\"elsewhere\",\"jti\":\"7\"}\n");

        assertThat(answer.lines().limit(6).map(line -> line.replaceAll("[^0-9,]|,\"type.*", "")))
                .containsExactly("200,1,0", "200,1,0", "200,1,0", "200,0,1", "404,0,0", "400");
        assertThat(answer).contains("realm_name: its tokens have to be registered");
        assertThat(List.of(api.check(byText), api.check(byJti), api.check(byId)))
                .containsOnly(401);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"username\":\"joe\"}",
                "{\"realm_name\":\"REALM\"}",
                "{\"realm_name\":\"REALM\",\"username\":\"joe\"}"
            })
    void diesWithItsHolder(String target) {
        String token = issuer.token("joe");
        assertThat(api.check(token)).isEqualTo(200);

        Reply reply = api.invalidate(target.replace("REALM", issuer.realm()));

        assertThat(Api.counts(reply)).isEqualTo("200 0,0,0");
        assertThat(reply.header("Revoker-Uncounted")).isEqualTo("jwt");
        assertThat(reply.header("Revoker-Holder")).isEmpty();
        double safe = Double.parseDouble(reply.header("Revoker-Effective-Not-Before"));
        double stamp = Double.parseDouble(reply.header("Revoker-Stamp")) / 1_000_000;
        assertThat(safe).isEqualTo(Math.floor(stamp) + 1);
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.check(issuer.issuedAt("joe", safe - 1))).isEqualTo(401);
        assertThat(api.check(issuer.issuedAt("joe", safe))).isEqualTo(200);
        assertThat(api.check(issuer.issuedAt("joe", stamp - 0.001))).isEqualTo(401);
        assertThat(api.check(issuer.issuedAt("joe", stamp + 0.001))).isEqualTo(200);
        String before = issuer.issuedAt("joe", Math.floor(stamp) - 1);
        assertThat(api.invalidateAccess(before)).isEqualTo("200 0,1,0");
        assertThat(tombstones()).as("whatever becomes of the mark").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"client_id, client_id", "session_id, sid"})
    void diesWithWhatItHasInCommonWithOthers(String field, String claim) {
        String meant = issuer.token("joe", claims -> claims.put(claim, "meant"));
        String other = issuer.token("joe", claims -> claims.put(claim, "other"));
        assertThat(List.of(api.check(meant), api.check(other))).containsOnly(200);

        Reply reply = service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"%s\",\"%s\":\"meant\"}}".formatted(issuer.realm(), field))
                .send();

        assertThat(Api.counts(reply)).isEqualTo("200 0,0,0");
        assertThat(reply.header("Revoker-Uncounted")).isEqualTo("jwt");
        assertThat(List.of(api.check(meant), api.check(other))).containsExactly(401, 200);
        double safe = Double.parseDouble(reply.header("Revoker-Effective-Not-Before"));
        assertThat(api.check(
                        issuer.token("joe", claims -> claims.put(claim, "meant").put("iat", safe))))
                .isEqualTo(200);
        assertThat(api.invalidateAccess(
                        issuer.token("joe", claims -> claims.put(claim, "meant").put("iat", safe - 2))))
                .isEqualTo("200 0,1,0");
    }

    /** Whether there is such a token is not known: so the answer says, before and after. */
    @Test
    void saysThatTheCountIsNotExactOfOneThatIsNamedByItsId() {
        String named =
                "\"target\":{\"realm_name\":\"" + issuer.realm() + "\",\"jti\":\"" + Api.fresh("no-such") + "\"}";
        for (String begin : List.of("{\"dry_run\":true,", "{")) {
            Reply reply = service.call("POST", "/v1/revocations")
                    .json(begin + named + "}")
                    .send();

            assertThat(Api.counts(reply)).isEqualTo("200 1,0,0");
            assertThat(reply.header("Revoker-Uncounted")).isEqualTo("jwt");
            assertThat(reply.header("Revoker-Effective-Not-Before")).isEmpty();
        }
        String token = issuer.token("joe");
        Reply byText = service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"token\":\"" + token + "\"}}")
                .send();
        assertThat(Api.counts(byText)).isEqualTo("200 1,0,0");
        assertThat(byText.header("Revoker-Uncounted")).isEmpty();
    }

    @Test
    void saysSoOnTheCommandLine() {
        CommandRun run = CommandRun.of(service, "revoke", "token", "--jti=7", "--realm", issuer.realm());

        assertThat(run.out())
                .isEqualTo("the token with the jti 7 in realm " + issuer.realm()
                        + ": 1 token invalidated, 0 already invalid, 0 errors;"
                        + " it counts as one, whether there is such a token or not\n");
    }

    /** A JWT is an access token. */
    @ParameterizedTest
    @CsvSource({"token_type, access_token, jwt", "token_type, refresh_token, ''", "kid, k, jwt"})
    void isUncountedWhereItCanBeMeant(String field, String value, String uncounted) {
        for (String dryRun : List.of("true", "false")) {
            Reply reply = service.call("POST", "/v1/revocations")
                    .json("{\"dry_run\":%s,\"target\":{\"realm_name\":\"%s\",\"%s\":\"%s\"}}"
                            .formatted(dryRun, issuer.realm(), field, value))
                    .send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Revoker-Uncounted")).isEqualTo(uncounted);
            assertThat(reply.header("Revoker-Effective-Not-Before").isEmpty())
                    .isEqualTo(uncounted.isEmpty() || dryRun.equals("true"));
        }
    }

    /** Nobody knows which of the two was first: it would be active if it were registered after its own revocation. */
    @Test
    void keepsTheRevocationOfOneThatWasIssuedInTheSecondOfAMark() {
        Reply reply = api.invalidate("{\"username\":\"joe\"}");
        double stamp = Double.parseDouble(reply.header("Revoker-Stamp")) / 1_000_000;
        String same = issuer.issuedAt("joe", Math.floor(stamp));

        assertThat(api.invalidateAccess(same)).isEqualTo("200 0,1,0");
        assertThat(api.invalidateAccess(same)).isEqualTo("200 0,1,0");

        assertThat(tombstones()).hasSize(1);
        assertThat(register(same)).isEqualTo(201);
        assertThat(api.check(same)).isEqualTo(401);
    }

    @Test
    void leavesOthersAlone() {
        String token = issuer.token("joe");

        Reply other = api.invalidate("{\"realm_name\":\"elsewhere\"}");
        api.invalidateUser("jane");
        api.invalidateUserInRealm(issuer.realm(), "jane");
        api.invalidateUserInRealm("elsewhere", "joe");

        assertThat(other.header("Revoker-Uncounted")).isEmpty();
        assertThat(other.header("Revoker-Effective-Not-Before")).isEmpty();
        assertThat(other.header("Revoker-Holder")).isEqualTo("unknown");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void storesNothingForAFalseSignature() {
        String token = issuer.token("joe");
        String forged = TrustedIssuer.forged(token);
        String keys = keys();

        assertThat(api.invalidateAccess(forged)).isEqualTo(Api.UNKNOWN);

        assertThat(api.check(forged)).isEqualTo(401);
        assertThat(introspect(forged).body()).isEqualTo("{\"active\":false}");
        assertThat(checks(forged, token)).isEqualTo("false true");
        assertThat(keys()).isEqualTo(keys);
        assertThat(api.check(token)).isEqualTo(200);
    }

    /** It claims to be from the issuer: that it was registered does not help. */
    @Test
    void refusesAFalseSignatureThatWasRegistered() {
        String forged = TrustedIssuer.forged(issuer.token("joe"));
        assertThat(register(forged)).isEqualTo(201);

        assertThat(api.check(forged)).isEqualTo(401);
        assertThat(introspect(forged).body()).isEqualTo("{\"active\":false}");
        assertThat(checks(forged, forged)).isEqualTo("false false");
        assertThat(api.invalidateAccess(forged)).isEqualTo("200 1,0,0");
    }

    @Test
    void countsOneThatIsRegisteredAsARegisteredToken() {
        String single = issuer.token("joe");
        String byId = issuer.token("joe");
        String ofUser = issuer.token("joe");
        assertThat(List.of(register(single), register(byId), register(ofUser))).containsOnly(201);
        assertThat(api.check(single)).isEqualTo(200);

        assertThat(api.invalidateAccess(single)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateAccess(single)).isEqualTo("200 0,1,0");
        assertThat(stream("{\"realm_name\":\"" + issuer.realm() + "\",\"token_id\":\""
                        + TokenId.of(byId).value() + "\"}\n"))
                .contains("\"invalidated_tokens\":1");
        assertThat(api.invalidateUser("joe")).isEqualTo("200 1,0,0");
        assertThat(List.of(api.check(single), api.check(byId), api.check(ofUser)))
                .containsOnly(401);
    }

    /** Registered after the revocation, in the same second: promised to be active. */
    @Test
    void knowsWhenARegisteredOneWasBorn() {
        Reply reply = api.invalidate("{\"username\":\"joe\"}");
        double stamp = Double.parseDouble(reply.header("Revoker-Stamp")) / 1_000_000;
        String same = issuer.issuedAt("joe", Math.floor(stamp));
        String before = issuer.issuedAt("joe", Math.floor(stamp) - 1);

        assertThat(List.of(api.check(same), register(same), register(before))).containsExactly(401, 201, 201);

        assertThat(api.check(same)).isEqualTo(200);
        assertThat(api.check(before)).isEqualTo(401);
    }

    @Test
    void leavesNothingBehindOnceItHasExpired() {
        long now = Instant.now().getEpochSecond();
        String soon = issuer.token(
                "joe",
                claims -> claims.put("exp", now - TrustedIssuer.SKEW.toSeconds() + 2)
                        .put("iat", now - 60));
        String later = issuer.token("joe");
        assertThat(stream("{\"realm_name\":\"" + issuer.realm() + "\",\"jti\":\"" + TrustedIssuer.jti(later) + "\"}\n"))
                .contains("200");
        assertThat(redis.number("TTL", tombstones().get(0)))
                .as("log.retention: the realm may allow longer lives later")
                .isBetween(86_400L - 30, 86_400L + 1);

        assertThat(api.invalidateAccess(soon)).isEqualTo(Api.UNKNOWN);
        assertThat(api.invalidateAccess(later)).isEqualTo("200 1,0,0");

        assertThat(redis.number("TTL", tombstone(later))).isBetween(900L + 300 - 30, 900L + 300 + 1);
        String brief = issuer.token("joe", claims -> claims.put("exp", now + 30));
        assertThat(api.invalidateAccess(brief)).isEqualTo("200 1,0,0");
        redis.call("EXPIRE", tombstone(brief), "1");
        until("gone", () -> tombstones().size() == 2);
    }

    @Test
    void keepsItsTextToItself() {
        String token = issuer.token("joe");
        String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        String signature = token.substring(token.lastIndexOf('.') + 1);
        try (LogCapture log = LogCapture.open(Level.DEBUG)) {
            api.check(token);
            introspect(token);
            api.invalidateAccess(token);
            stream("{\"token\":\"" + token + "\"}\n{\"realm_name\":\"" + issuer.realm() + "\",\"jti\":\""
                    + TrustedIssuer.jti(token) + "\"}\n");
            assertThat(String.join("\n", log.lines())).doesNotContain(payload, signature, TrustedIssuer.jti(token));
        }
        String stored = redis.keys(prefix) + " "
                + tombstones().stream().map(key -> redis.call("GET", key)).toList() + " "
                + redis.call("XRANGE", prefix + ":{log}:events", "-", "+");
        assertThat(tombstones()).hasSize(2);
        assertThat(stored).contains("jwt/").doesNotContain(payload, signature, TrustedIssuer.jti(token));
    }

    private String tombstone(String token) {
        return prefix + ":x:" + TokenId.of(token).inRealm(new RealmId(issuer.realm()));
    }

    private List<String> tombstones() {
        return redis.keys(prefix + ":x:");
    }

    /** Every key, and the number of log entries. */
    private String keys() {
        return new TreeSet<>(redis.keys(prefix)) + " " + redis.call("XLEN", prefix + ":{log}:events");
    }

    private int register(String token) {
        return api.register("{\"access_token\":\"" + token + "\",\"realm_name\":\"" + issuer.realm()
                        + "\",\"username\":\"joe\"}")
                .status();
    }

    private Reply introspect(String token) {
        return service.call("POST", "/oauth2/introspect").form("token=" + token).send();
    }

    private String checks(String one, String other) {
        JsonNode checks = service.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + one + "\",\"" + other + "\"]}")
                .send()
                .json()
                .path("checks");
        return checks.path(0).path("active") + " " + checks.path(1).path("active");
    }

    private String stream(String lines) {
        return service.call("POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body(lines)
                .send()
                .body();
    }
}
