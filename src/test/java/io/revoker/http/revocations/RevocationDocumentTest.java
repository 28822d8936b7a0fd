package io.revoker.http.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class RevocationDocumentTest {
    /** Of one user: more than one bundle has. */
    private static final int MANY = 350;

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("user");

    RevocationDocumentTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'realm_name':'REALM'}",
                "{'username':'USER'}",
                "{'realm_name':'REALM','username':'USER'}",
                "{'token':'ACCESS','grant':true}",
                "{'refresh_token':'REFRESH','grant':true}"
            })
    void countsFirstAndThenRevokesWhatItCounted(String target) {
        Api.Pair pair = api.pair(realm, user);
        String named = target.replace("ACCESS", pair.access()).replace("REFRESH", pair.refresh());

        assertThat(Api.counts(post("{'target':" + named + ",'dry_run':true}"))).isEqualTo("200 2,0,0");
        assertThat(Api.counts(post("{'target':" + named + ",'dry_run':true}"))).isEqualTo("200 2,0,0");
        assertThat(List.of(api.isActive(pair.access()), api.isActive(pair.refresh())))
                .containsExactly(true, true);

        Reply reply = post("{'target':" + named + "}");

        assertThat(Api.counts(reply)).isEqualTo("200 2,0,0");
        assertThat(reply.header("Revoker-Stamp")).isNotEmpty();
        assertThat(reply.header("Revoker-Durability")).startsWith("fsync=");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(List.of(api.isActive(pair.access()), api.isActive(pair.refresh())))
                .containsExactly(false, false);
    }

    @Test
    void countsAsARevocationDoes() {
        Api.Pair half = api.pair(realm, user);
        Api.Pair dead = api.pair(realm, user);
        api.access(realm, "another");
        IntStream.range(0, MANY).forEach(i -> api.access(realm, user));
        api.invalidateAccess(half.access());
        api.invalidateAccess(dead.access());
        api.invalidateRefresh(dead.refresh());

        String target = "{'realm_name':'REALM','username':'USER'}";

        String counted = Api.counts(post("{'target':" + target + ",'dry_run':true}"));
        assertThat(counted).isEqualTo("200 " + (MANY + 1) + ",1,0");
        assertThat(Api.counts(post("{'target':" + target + "}"))).isEqualTo(counted);
        assertThat(Api.counts(post("{'target':" + target + ",'dry_run':true}"))).isEqualTo("200 0,0,0");
    }

    @Test
    void writesNothingWhenItOnlyCounts() {
        api.pair(realm, user);
        Queue<Revocation> heard = heard();

        Reply reply = post("{'target':{'realm_name':'REALM'},'dry_run':true,'reason':{'code':'policy'}}");

        assertThat(reply.json().required("dry_run").booleanValue()).isTrue();
        assertThat(reply.header("Revoker-Stamp")).isEmpty();
        assertThat(reasons()).isEmpty();
        String other = Api.fresh("other");
        api.invalidateUserInRealm(realm, other);
        Waiting.until(
                "heard", () -> heard.stream().anyMatch(one -> one.toString().contains(other)));
        assertThat(heard)
                .noneMatch(
                        one -> !one.toString().contains(other) && one.toString().contains(realm));
    }

    @Test
    void doesNothingIfMoreTokensWouldDieThanExpected() {
        Api.Pair pair = api.pair(realm, user);
        String body = "{'target':{'realm_name':'REALM'},'expected_max':";

        Reply refused = post(body + "1}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("expected_max: 1 (nothing was revoked)");
        assertThat(api.isActive(pair.access())).isTrue();
        assertThat(Api.counts(post(body + "2}"))).isEqualTo("200 2,0,0");
    }

    @Test
    void tellsTheReasonInTheListOfSweepsTheEventAndTheLog() {
        api.access(realm, user);
        Queue<Revocation> heard = heard();

        try (LogCapture log = LogCapture.open(Level.INFO)) {
            post("{'target':{'realm_name':'REALM'},'reason':{'code':'compromise','text':'50% of laptops / Zürich'}}");

            assertThat(log.lines())
                    .anyMatch(line ->
                            line.contains(" target=realm reason=compromise reason_text=50% of laptops / Zürich"));
        }
        assertThat(reasons()).containsExactly("{\"code\":\"compromise\",\"text\":\"50% of laptops / Zürich\"}");
        Revocation.Reason reason = new Revocation.Reason(Revocation.Reason.Code.COMPROMISE, "50% of laptops / Zürich");
        Waiting.until(
                "heard", () -> heard.stream().anyMatch(one -> one.toString().contains(realm)));
        assertThat(heard)
                .filteredOn(one -> one.toString().contains(realm))
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains(reason));
    }

    /** A single token has no sweep. */
    @Test
    void tellsTheReasonOfATokenInTheEvent() {
        Queue<Revocation> heard = heard();
        String text = Api.fresh("ticket");

        post("{'target':{'token':'" + api.access(realm, user) + "'},'reason':{'text':'" + text + "'}}");

        Waiting.until(
                "heard",
                () -> heard.stream()
                        .anyMatch(one -> one.reason()
                                .filter(reason -> reason.text().equals(text))
                                .isPresent()));
    }

    @Test
    void neverTakesATokenAsAReason() {
        String token = api.access(realm, user);

        Reply reply = post("{'target':{'username':'USER'},'reason':{'text':'found " + token + " on a wiki'}}");
        Reply named = post("{'target':{'token':'short'},'reason':{'text':'it is short'}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("reason.text: has what may be a token")
                .doesNotContain(token);
        assertThat(named.status()).isEqualTo(400);
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void looksForATokenAsBothKinds() {
        String refresh = api.pair(realm, user).refresh();

        assertThat(Api.counts(post("{'target':{'token':'" + refresh + "'}}"))).isEqualTo("200 1,0,0");
        assertThat(Api.counts(post("{'target':{'token':'" + refresh + "'},'dry_run':true}")))
                .isEqualTo("200 0,1,0");
        assertThat(Api.counts(post("{'target':{'token':'" + refresh + "'}}"))).isEqualTo("200 0,1,0");
        assertThat(Api.counts(post("{'target':{'token':'never-seen'}}"))).isEqualTo("404 0,0,0");
        assertThat(Api.counts(post("{'target':{'token':'never-seen'},'dry_run':true}")))
                .isEqualTo("404 0,0,0");
    }

    @Test
    void needNotWaitForTheSweep() {
        api.access(realm, user);

        Reply reply = service.call("POST", "/v1/revocations?wait_for_completion=false")
                .json(json("{'target':{'realm_name':'REALM'}}"))
                .send();

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().required("sweep").textValue()).isEqualTo(reply.header("Revoker-Stamp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|body: array (expected: a JSON object)",
                "{}|target: missing (expected: a JSON object)",
                "{'target':'x'}|target: string (expected: a JSON object)",
                "{'target':{}}|target: names nothing",
                "{'target':{'username':'\u200d'}}|target.username: blank (expected: a name)",
                "{'target':{'user':'x'}}|target: an unknown field",
                "{'target':{'token':'x','username':'y'}}|target: an unknown field",
                "{'target':{'realm_name':'x','username':null}}|target.username: null (expected: a value, or no such field)",
                "{'target':{'username':'x'},'expected_max':null}|expected_max: null (expected: a value, or no such field)",
                "{'target':{'username':'x'},'reson':{}}|body: an unknown field (expected: dry_run, expected_max, issued_before, reason, target, until)",
                "{'target':{'username':'x'},'reason':'y'}|reason: string (expected: a JSON object)",
                "{'target':{'username':'x'},'reason':{'code':'whim'}}|reason.code: unknown (expected: unspecified, compromise,",
                "{'target':{'username':'x'},'reason':{'text':'a\\u0007b'}}|reason.text: the character U+0007",
                "{'target':{'username':'x'},'dry_run':'yes'}|dry_run: not a boolean",
                "{'target':{'username':'x'},'expected_max':-1}|expected_max: not a number of tokens",
                "{'target':{'username':'x'},'expected_max':1.5}|expected_max: not a number of tokens"
            })
    void refusesWhatIsNoRevocation(String body, String detail) {
        Reply reply = post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
    }

    @Test
    void refusesAReasonThatIsTooLong() {
        Reply longest = post("{'target':{'realm_name':'REALM'},'reason':{'text':'" + "ab ".repeat(85) + "é'}}");
        Reply longer = post("{'target':{'realm_name':'REALM'},'reason':{'text':'" + "ab ".repeat(85) + "éé'}}");

        assertThat(longest.status()).isEqualTo(200);
        assertThat(longer.body()).contains("reason.text: 257 characters (expected: at most 256 characters)");
    }

    private Queue<Revocation> heard() {
        Queue<Revocation> heard = new ConcurrentLinkedQueue<>();
        service.vertx().eventBus().<Revocation>consumer(Addresses.REVOCATIONS, event -> heard.add(event.body()));
        return heard;
    }

    /** Of the sweeps of the realm. */
    private List<String> reasons() {
        JsonNode sweeps = service.call("GET", "/v1/sweeps").send().json().required("sweeps");
        return IntStream.range(0, sweeps.size())
                .mapToObj(sweeps::get)
                .filter(sweep -> sweep.at("/target/realm_name").asText().equals(realm))
                .filter(sweep -> !sweep.at("/target").has("username"))
                .map(sweep -> sweep.path("reason").toString())
                .toList();
    }

    private Reply post(String body) {
        return service.call("POST", "/v1/revocations").json(json(body)).send();
    }

    private String json(String text) {
        return text.replace('\'', '"').replace("REALM", realm).replace("USER", user);
    }
}
