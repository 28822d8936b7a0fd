package io.revoker.http.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocations of what was issued before an instant. */
@OnEveryRedis
class IssuedBeforeTest {
    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");
    private final long instant = Instant.now().minus(Duration.ofMinutes(10)).getEpochSecond();

    IssuedBeforeTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'realm_name':'REALM'", "'realm_name':'REALM','username':'joe-REALM'", "'username':'joe-REALM'"})
    void countsFirstAndThenRevokesWhatItCounted(String target) {
        Api.Pair early = pair(instant - 1, "shop");
        Api.Pair late = pair(instant, "shop");
        String body = "{'target':{" + target + "},'issued_before':" + instant;

        assertThat(Api.counts(post(body + ",'dry_run':true}"))).isEqualTo("200 2,0,0");
        assertThat(post(body + ",'expected_max':1}").status()).isEqualTo(409);
        assertThat(api.isActive(early.access())).isTrue();

        Reply reply = post(body + ",'expected_max':2,'reason':{'code':'compromise'}}");

        assertThat(Api.counts(reply)).isEqualTo("200 2,0,0");
        assertThat(List.of(early.access(), early.refresh())).noneMatch(api::isActive);
        assertThat(List.of(late.access(), late.refresh())).allMatch(api::isActive);
        assertThat(Api.counts(post(body + "}"))).isEqualTo("200 0,0,0");
        JsonNode sweep = api.sweep(reply.header("Revoker-Stamp"));
        assertThat(sweep.path("issued_before").textValue())
                .isEqualTo(Instant.ofEpochSecond(instant).toString());
        assertThat(sweep.path("target")).isNotEmpty();
    }

    @Test
    void isLoggedWithItsTargetAndItsTime() {
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            post("{'target':{'realm_name':'REALM'},'issued_before':" + instant + "}");

            assertThat(log.lines())
                    .anyMatch(line ->
                            line.contains(" target=realm issued_before=" + Instant.ofEpochSecond(instant) + " "));
        }
    }

    @Test
    void takesATimeAsInRfc3339AndASelection() {
        Api.Pair shop = pair(instant - 1, "shop");
        Api.Pair bank = pair(instant - 1, "bank");

        assertThat(Api.counts(post("{'target':{'realm_name':'REALM','client_id':'shop'},'issued_before':'"
                        + Instant.ofEpochSecond(instant) + "'}")))
                .isEqualTo("200 2,0,0");

        assertThat(List.of(api.isActive(shop.access()), api.isActive(bank.access())))
                .containsExactly(false, true);
    }

    @Test
    void refusesToMintWhatWouldHaveBeenIssuedBefore() {
        post("{'target':{'realm_name':'REALM'},'issued_before':" + instant + "}");
        String mint = "{'realm_name':'REALM','username':'joe','mint':['access_token'],'issued_at':";

        Reply refused = api.register(json(mint + (instant - 1) + ",'expires_in':3600}"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("issued_at: all that was issued then is revoked");
        assertThat(api.register(json(mint + instant + ",'expires_in':3600}")).status())
                .isEqualTo(201);
    }

    /** Times of tokens are in whole seconds, so those of the second of the revocation can't be told apart. */
    @Test
    void asksForARepetitionOfWhatIsNewInTheSecondOfTheRevocation() {
        String ahead = Instant.now().plusSeconds(60).toString();
        assertThat(post("{'target':{'realm_name':'REALM'},'issued_before':'" + ahead + "'}")
                        .status())
                .isEqualTo(200);

        List<String> fresh = List.of(
                "{'realm_name':'REALM','username':'joe','access_token':'new-REALM'}",
                "{'realm_name':'REALM','username':'joe','mint':['access_token']}");
        for (String token : fresh) {
            Waiting.until("registered in the next second", () -> {
                Reply reply = api.register(json(token));
                assertThat(reply.status()).isIn(201, 503);
                assertThat(reply.lines("Retry-After")).hasSize(reply.status() == 503 ? 1 : 0);
                return reply.status() == 201;
            });
        }
        assertThat(api.check("new-" + realm)).isEqualTo(200);
    }

    /** An authorization server registers its tokens again. */
    @Test
    void refusesToRegisterWhatWasIssuedBefore() {
        post("{'target':{'realm_name':'REALM'},'issued_before':" + instant + "}");
        String token = "{'realm_name':'REALM','username':'joe','access_token':'a-REALM','expires_in':3600,'issued_at':";

        Reply refused = api.register(json(token + (instant - 1) + "}"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").textValue())
                .startsWith("issued_at: all that was issued then is revoked");
        assertThat(api.check("a-" + realm)).isEqualTo(401);
        assertThat(api.register(json(token + instant + "}")).status()).isEqualTo(201);
        assertThat(api.check("a-" + realm)).isEqualTo(200);
    }

    /** The same time, of a clock that is a little ahead. */
    @Test
    void takesATimeThatIsHardlyToCome() {
        Api.Pair early = pair(instant, "shop");
        long soon = Instant.now().plusSeconds(60).getEpochSecond();

        assertThat(Api.counts(post("{'target':{'realm_name':'REALM'},'issued_before':" + soon + "}")))
                .isEqualTo("200 2,0,0");

        assertThat(api.isActive(early.access())).isFalse();
    }

    @Test
    void isDoneOnce() {
        pair(instant - 1, "shop");
        String body = json("{'target':{'realm_name':'REALM'},'issued_before':" + instant + "}");

        for (int i = 0; i < 2; i++) {
            assertThat(Api.counts(service.call("POST", "/v1/revocations")
                            .header("Idempotency-Key", realm)
                            .json(body)
                            .send()))
                    .isEqualTo("200 2,0,0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'target':{'realm_name':'REALM'},'issued_before':'yesterday'}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':''}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':1.5}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':-1}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':true}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':99999999999999999999}|issued_before: not a time (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':null}|issued_before: null (expected:",
                "{'target':{'realm_name':'REALM'},'issued_before':0}|issued_before: not a time that has passed",
                "{'target':{'realm_name':'REALM'},'issued_before':200000000000}|issued_before: not a time that has passed",
                "{'target':{'realm_name':'REALM'},'issued_before':'9999-01-01T00:00:00Z'}|issued_before: not a time that has passed",
                "{'target':{'realm_name':'REALM'},'issued_before':'+999999999-01-01T00:00:00Z'}|issued_before: not a time that has passed",
                "{'target':{'token':'x'},'issued_before':1795359400}|issued_before: with a single token",
                "{'target':{'realm_name':'REALM'},'issued_before':1795359400,'until':'2999-01-01T00:00:00Z'}|until: of a single token, or of what was issued before a time",
                "{'target':{'realm_name':'REALM','issued_before':1795359400}}|target: an unknown field"
            })
    void refusesWhatIsNoTime(String body, String detail) {
        Reply reply = post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
    }

    private Api.Pair pair(long issuedAt, String client) {
        JsonNode grant = api.register(json("{'realm_name':'REALM','username':'joe-REALM','issued_at':" + issuedAt
                        + ",'mint':['access_token','refresh_token'],'client_id':'" + client + "'}"))
                .json();
        return new Api.Pair(
                grant.required("access_token").textValue(),
                grant.required("refresh_token").textValue());
    }

    private Reply post(String body) {
        return service.call("POST", "/v1/revocations").json(json(body)).send();
    }

    private String json(String text) {
        return text.replace('\'', '"').replace("REALM", realm);
    }
}
