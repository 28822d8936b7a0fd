package io.revoker.http.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As GitLab calls it: its {@code Security::TokenRevocationService} (gitlab-org/gitlab, 17.x). */
@OnEveryRedis
class GitLabTest {
    private static final String LOCATION = "https://gitlab.example.com/a/b/-/blob/main/config.yml#L1";

    private final Server redis;
    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");

    GitLabTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void namesTheTypeOfItsTokens() {
        assertThat(service.call("GET", "/v1/revocable_token_types").send())
                .hasToString("200 {\"types\":[\"gitleaks_rule_id_revoker_token\"]}");
    }

    @Test
    void revokesWhatLeaked() {
        String access = api.access(realm, "joe");
        Api.Pair pair = api.pair(realm, "joe");
        String kept = api.access(realm, "joe");

        Reply reply = report(finding(access), finding(pair.refresh()), finding("not-one-of-ours"));

        assertThat(reply).hasToString("204 ");
        assertThat(api.check(access)).isEqualTo(401);
        assertThat(api.check(pair.access())).isEqualTo(401);
        assertThat(api.isActive(pair.refresh())).isFalse();
        assertThat(api.check(kept)).isEqualTo(200);
        assertThat(report(finding(access)).status()).isEqualTo(204);
    }

    @Test
    void revokesMoreThanItRevokesAtTheSameTime() {
        String[] tokens = new String[40];
        String[] findings = new String[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = api.access(realm, "joe");
            findings[i] = finding(tokens[i]);
        }

        assertThat(report(findings).status()).isEqualTo(204);

        assertThat(tokens).allSatisfy(token -> assertThat(api.check(token)).isEqualTo(401));
    }

    /** Another application has overwritten what is stored of one. */
    @Test
    void revokesTheOthersIfOneFails() {
        String other = Api.fresh("damaged");
        String damaged = api.access(other, "joe");
        damage(other);
        String[] tokens = new String[40];
        String[] findings = new String[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = api.access(realm, "joe");
            findings[i] = finding(tokens[i]);
        }
        findings[3] = finding(damaged);

        assertThat(report(findings).status()).isEqualTo(503);

        tokens[3] = tokens[4];
        assertThat(tokens).allSatisfy(token -> assertThat(api.check(token)).isEqualTo(401));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | body: not an array of findings (expected: objects with a token, at least one)
            [] | body: not an array of findings (expected: objects with a token, at least one)
            [{"type":"a","token":"b"},{"type":"a"}] | [1].token: not a string with at least one character
            ["token"] | [0].token: not a string with at least one character
            [ | body: not JSON at line 1, column 2
            """)
    void refusesWhatIsNoReport(String body, String detail) {
        Reply reply = service.call("POST", "/v1/revoke_tokens").json(body).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).isEqualTo(detail);
    }

    private void damage(String itsRealm) {
        try (RedisClient client = RedisClient.of(redis.url())) {
            String key = client.keys("").stream()
                    .filter(name -> name.contains(":h:{" + itsRealm + "/"))
                    .findFirst()
                    .orElseThrow();
            client.call(
                    "EVAL",
                    "for _, f in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('HSET', KEYS[1], f, 'junk') end",
                    "1",
                    key);
        }
    }

    private Reply report(String... findings) {
        return service.call("POST", "/v1/revoke_tokens")
                .json("[" + String.join(",", findings) + "]")
                .send();
    }

    private static String finding(String token) {
        return "{\"type\":\"gitleaks_rule_id_revoker_token\",\"token\":\"" + token + "\",\"location\":\"" + LOCATION
                + "\"}";
    }
}
