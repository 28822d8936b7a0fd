package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryRedis
class BatchCheckTest {
    private static final String UNKNOWN = "{\"active\":false,\"reason\":\"unknown or expired\"}";
    private static final String REVOKED = "{\"active\":false,\"reason\":\"revoked\"}";

    private final Server redis;
    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("batch");

    BatchCheckTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void tellsWhoseEachActiveTokenIs() {
        long now = Instant.now().getEpochSecond();
        String token = Api.fresh("token");
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"" + token
                + "\",\"refresh_token\":\"r" + token + "\",\"expires_in\":600,\"refresh_expires_in\":7200,"
                + "\"client_id\":\"app\",\"scope\":\"read write\",\"token_type\":\"Bearer\",\"issued_at\":" + now
                + "}");
        String facts = "{\"active\":true,\"realm_name\":\"" + realm
                + "\",\"username\":\"joe\",\"client_id\":\"app\",\"scope\":\"read write\",";

        Reply reply = service.call("POST", "/v1/checks")
                .json("{\"token_type_hint\":\"refresh_token\",\"tokens\":[\"" + token + "\",\"r" + token + "\"]}")
                .send();

        assertThat(reply)
                .hasToString("200 {\"checks\":[" + facts + "\"token_type\":\"Bearer\",\"token_use\":\"access\",\"exp\":"
                        + (now + 600) + "}," + facts + "\"token_use\":\"refresh\",\"exp\":" + (now + 7200) + "}]}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        JsonNode active = answers(check(service, api.access(realm, "joe"))).get(0);

        assertThat(active.fieldNames())
                .toIterable()
                .containsExactly("active", "realm_name", "username", "token_type", "token_use", "exp");
    }

    @Test
    void tellsARevokedTokenFromAnUnknownOneAndFromARefreshToken() {
        Api.Pair pair = api.pair(realm, "joe");
        api.invalidateAccess(pair.access());

        List<JsonNode> answers = answers(check(service, pair.access(), "unknown", pair.refresh()));

        assertThat(answers.get(0)).hasToString(REVOKED);
        assertThat(answers.get(1)).hasToString(UNKNOWN);
        assertThat(answers.get(2)).hasToString("{\"active\":false,\"reason\":\"not an access token\"}");
    }

    @Test
    void answersATokenAsOftenAsItIsAsked() {
        String token = api.access(realm, "joe");

        assertThat(answers(check(service, token, "x", token, "x", token)))
                .extracting(answer -> answer.required("active").booleanValue())
                .containsExactly(true, false, true, false, true);
    }

    /** As many as there may be, in an order of which nothing else knows. */
    @Test
    void answersInTheOrderAsked() {
        String lines = IntStream.range(0, 500)
                .mapToObj(i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"user" + i + "\",\"access_token\":\""
                        + token(i) + "\"}")
                .collect(Collectors.joining("\n"));
        service.call("POST", "/v1/tokens")
                .header("Content-Type", "application/x-ndjson")
                .body(lines)
                .send();
        for (int i = 0; i < 20; i++) {
            api.invalidateAccess(token(i));
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
        Collections.shuffle(order, new Random(7));

        List<JsonNode> answers =
                answers(check(service, order.stream().map(this::token).toArray(String[]::new)));

        assertThat(answers.stream().map(BatchCheckTest::shortly))
                .containsExactlyElementsOf(
                        order.stream().map(BatchCheckTest::expected).toList());
    }

    @Test
    void seesARevocationAtOnceOnEveryEventLoop() {
        String token = api.access(realm, "joe");
        assertThat(Stream.generate(() -> check(service, token).body()).limit(8))
                .allMatch(body -> body.contains("true"));
        api.invalidateRealm(realm);

        assertThat(Stream.generate(() -> check(service, token).body()).limit(8))
                .containsOnly("{\"checks\":[" + REVOKED + "]}");
    }

    @Test
    void readsABatchThatIsLargerThanOtherBodies() {
        String jwt = "eyJ." + "a".repeat(1900) + ".b";

        assertThat(answers(check(service, Collections.nCopies(1000, jwt).toArray(String[]::new))))
                .hasSize(1000)
                .allMatch(answer -> answer.toString().equals(UNKNOWN));
    }

    @Test
    void boundsABatchAsItIsTold() {
        try (RunningService own = RunningService.on(
                redis.url(), "--check.max-batch=2", "--check.max-body-size=100", "--http.max-body-size=64")) {
            assertThat(check(own, "a", "b").status()).isEqualTo(200);
            assertThat(check(own, "a", "b", "c").body()).contains("tokens: 3 (expected: 1 to 2)");
            assertThat(check(own, "a", "b".repeat(70)).status()).isEqualTo(200);
            assertThat(check(own, "a", "b".repeat(90)).status()).isEqualTo(413);
            assertThat(own.call("POST", "/v1/checks")
                            .json(batch("a", "b".repeat(90)))
                            .chunked()
                            .send()
                            .status())
                    .isEqualTo(413);
        }
    }

    private String token(int i) {
        return realm + "-" + i;
    }

    private static String expected(int i) {
        if (i < 20) {
            return REVOKED;
        }
        return i < 500 ? "user" + i : UNKNOWN;
    }

    private static String shortly(JsonNode answer) {
        return answer.path("active").booleanValue()
                ? answer.required("username").textValue()
                : answer.toString();
    }

    private static Reply check(RunningService service, String... tokens) {
        return service.call("POST", "/v1/checks").json(batch(tokens)).send();
    }

    private static String batch(String... tokens) {
        return "{\"tokens\":[\"" + String.join("\",\"", tokens) + "\"]}";
    }

    private static List<JsonNode> answers(Reply reply) {
        List<JsonNode> answers = new ArrayList<>();
        reply.json().required("checks").forEach(answers::add);
        return answers;
    }
}
