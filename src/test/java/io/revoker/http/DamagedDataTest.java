package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another application has overwritten one of Revoker's keys. Every revocation that reads the key reports an error in
 * its counts; checks and registrations return 503.
 */
class DamagedDataTest {
    private static final String EACH =
            "for _, f in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('HSET', KEYS[1], f, '%s') end";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final RedisClient redis = RedisClient.of(RedisServers.embedded().url());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("damaged");
    private final String user = Api.fresh("user");
    private final String token = Api.fresh("token");

    @BeforeEach
    void register() {
        assertThat(registration().status()).isEqualTo(201);
    }

    /** A revocation of any user in every realm would report what is damaged. */
    @AfterEach
    void close() {
        redis.keys("").stream().filter(key -> key.contains("{" + realm + "/")).forEach(key -> redis.call("DEL", key));
        redis.close();
    }

    /** As long as a valid value, or not. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "junk", "twelve bytes", "thirteen char", "twenty-one characters"})
    void isAnErrorOfEveryRevocation(String junk) {
        redis.call("EVAL", EACH.formatted(junk), "1", grants());

        everyQuestionIsUnavailable();
        everyRevocationTells("Redis: damaged grant", 0);
    }

    @Test
    void isAnErrorOfEveryRevocationIfTheWholeKeyIsAnothers() {
        redis.call("EVAL", "redis.call('DEL', KEYS[1]) redis.call('SET', KEYS[1], 'not ours')", "1", grants());

        everyQuestionIsUnavailable();
        everyRevocationTells("Redis: ", 0);
    }

    /** The token may have been invalidated or not: it counts once more. */
    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "twelve bytes", "as long as you like"})
    void isNoSweepIfItIsWhereSweepsAre(String junk) {
        redis.call("EVAL", "redis.call('HSET', KEYS[1], '', ARGV[1])", "1", grants(), junk);

        everyQuestionIsUnavailable();
        everyRevocationTells("Redis: damaged grant", 1);
    }

    /** Then Revoker does not know whose token it is. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "zzzz", "\\255\\255\\255\\255and more"})
    void isUnavailableIfItIsTheRecordOfAToken(String junk) {
        damageRecord(realm, junk);

        everyQuestionIsUnavailable();
        assertThat(api.invalidate("{\"token\":\"" + token + "\"}").status()).isEqualTo(503);
    }

    /** Of one record that has the text. */
    private void damageRecord(String text, String junk) {
        String script = "local c = '0'; repeat local r = redis.call('SCAN', c, 'MATCH', '*:t:*'); c = r[1];"
                + " for _, k in ipairs(r[2]) do local v = redis.call('HGETALL', k); for i = 1, #v, 2 do"
                + " if string.find(v[i + 1], ARGV[1], 1, true) then redis.call('HSET', k, v[i], '" + junk
                + "') return 1 end end end until c == '0' return 0";
        assertThat(redis.number("EVAL", script, "0", text)).isEqualTo(1);
    }

    /** Nothing of the others is missing, and of the grant its expiry is known. */
    @Test
    void leavesTheRestOfAListReadableIfItIsARecord() {
        api.access(realm, user);
        damageRecord(realm, "junk");

        JsonNode list = list();

        assertThat(list.required("grants")).hasSize(2);
        assertThat(list.required("grants").findValues("issued_at")).hasSize(1);
        assertThat(list.required("grants").findValues("expires_at")).hasSize(2);
        assertThat(list.required("error_count").intValue()).isEqualTo(1);
        assertThat(list.at("/error_details/0/reason").textValue()).isEqualTo("grant without a record");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HSET', KEYS[1], 'another!' .. ARGV[1], 'y",
                "HSET', KEYS[1], '', 'junk",
                "SET', KEYS[1], 'not ours"
            })
    void isToldInAList(String command) {
        redis.call(
                "EVAL",
                (command.startsWith("SET") ? "redis.call('DEL', KEYS[1]) " : "") + "redis.call('" + command + "')",
                "1",
                grants(),
                user);

        JsonNode list = list();

        assertThat(list.required("grants")).hasSize(command.contains("another!") ? 1 : 0);
        assertThat(list.required("error_count").intValue()).isEqualTo(1);
        assertThat(list.at("/error_details/0/reason").textValue()).isEqualTo("Redis: damaged grant");
        assertThat(list.at("/error_details/0/holder").textValue()).hasSize(32);
    }

    @Test
    void isAnErrorOfADryRunAsOfTheRevocation() {
        redis.call("EVAL", EACH.formatted("junk"), "1", grants());
        String target = "\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\"";

        tells(revoke(target, true), 0, "Redis: damaged grant");
        tells(revoke(target, false), 0, "Redis: damaged grant");
    }

    /** Nobody knows whether it is meant. */
    @Test
    void isAnErrorOfADryRunOfSomeOfTheTokensToo() {
        String client = Api.fresh("client");
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user
                + "\",\"mint\":[\"access_token\"],\"client_id\":\"" + client + "\"}");
        damageRecord(client, "junk");
        String target = "\"realm_name\":\"" + realm + "\",\"client_id\":\"" + client + "\"";

        tells(revoke(target, true), 0, "grant without a record");
        tells(revoke(target, false), 0, "grant without a record");
    }

    private Reply revoke(String target, boolean dryRun) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":{" + target + "},\"dry_run\":" + dryRun + "}")
                .send();
    }

    private JsonNode list() {
        return service.call("GET", "/v1/tokens?realm_name=" + realm + "&username=" + user)
                .send()
                .json();
    }

    private void everyQuestionIsUnavailable() {
        assertThat(api.check(token)).isEqualTo(503);
        assertThat(service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .status())
                .isEqualTo(503);
        assertThat(service.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .status())
                .isEqualTo(503);
        assertThat(registration().status()).isEqualTo(503);
    }

    private Reply registration() {
        return api.register(
                "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + token + "\"}");
    }

    private void everyRevocationTells(String reason, int invalidated) {
        String holder = "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\"}";
        assertThat(stream())
                .startsWith("{\"status\":200,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0,"
                        + "\"error_count\":1,\"error_details\":[{\"reason\":\"" + reason)
                .contains("\"holder\":\"")
                .endsWith("\"not_found\":0,\"invalid\":0,\"failed\":1}}\n");
        tells(api.invalidate("{\"token\":\"" + token + "\"}"), 0, reason);
        tells(api.invalidate(holder), invalidated, reason);
        assertThat(api.check(token)).isEqualTo(401);
    }

    private static void tells(Reply reply, int invalidated, String reason) {
        assertThat(Api.counts(reply)).isEqualTo("200 " + invalidated + ",0,1");
        assertThat(reply.body()).contains(reason);
    }

    private String stream() {
        return service.call("POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"" + token + "\"}\n")
                .send()
                .body();
    }

    private String grants() {
        return redis.keys("").stream()
                .filter(key -> key.contains(":h:{" + realm + "/"))
                .findFirst()
                .orElseThrow();
    }
}
