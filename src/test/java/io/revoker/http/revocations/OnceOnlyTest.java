package io.revoker.http.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.RevokerBus;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Settle;
import io.revoker.domain.store.AnswerStore.State;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with an {@code Idempotency-Key}, to two instances that share a Redis and a client file. */
@OnEveryRedis
class OnceOnlyTest {
    private static final String KEY = "Idempotency-Key";

    private static final String LONG =
            "256......................................................................................."
                    + "...................................................................................................."
                    + "..................................................................";

    private final RunningService service;
    private final RunningService other;
    private final String realm = Api.fresh("realm");
    private final String body = "{\"target\":{\"realm_name\":\"" + realm + "\"}}";

    OnceOnlyTest(Server redis) {
        String prefix = "--redis.prefix=" + Api.fresh("once");
        service = RunningService.on(redis.url(), prefix, ClientFiles.option());
        other = RunningService.on(redis.url(), prefix, ClientFiles.option());
    }

    @AfterEach
    void stop() {
        service.close();
        other.close();
    }

    @Test
    void givesTheSameAnswerAgainAndRevokesNothingMore() {
        String dead = ClientFiles.token(service, realm);

        Reply first = post(service, ClientFiles.OPS, "\"a key\"", body);
        String later = ClientFiles.token(service, realm);
        Reply again = post(service, ClientFiles.OPS, "\"a key\"", body);
        Reply elsewhere = post(other, ClientFiles.OPS, "\"a key\"", body);

        assertThat(Api.counts(first)).isEqualTo("200 1,0,0");
        assertThat(Stream.of(first, again, elsewhere).map(OnceOnlyTest::all).distinct())
                .hasSize(1);
        assertThat(List.of(check(dead), check(later))).containsExactly(401, 200);
        assertThat(Api.counts(post(service, ClientFiles.OPS, "\"another\"", body)))
                .isEqualTo("200 1,0,0");
    }

    @Test
    void knowsAKeyWithAndWithoutQuotationMarks() {
        ClientFiles.token(service, realm);

        assertThat(Api.counts(post(service, ClientFiles.OPS, "8e03978e-40d5", body)))
                .isEqualTo("200 1,0,0");
        assertThat(Api.counts(post(service, ClientFiles.OPS, "\"8e03978e-40d5\"", body)))
                .isEqualTo("200 1,0,0");
    }

    @Test
    void refusesAnotherRequestWithTheSameKey() {
        String token = ClientFiles.token(service, realm);
        String user = "{\"target\":{\"username\":\"nobody\"}}";

        assertThat(post(service, ClientFiles.OPS, "k", user).status()).isEqualTo(200);
        assertThat(post(service, ClientFiles.OPS, "k", body).status()).isEqualTo(422);
        assertThat(post(service, "?wait_for_completion=false", ClientFiles.OPS, "k", user)
                        .status())
                .isEqualTo(422);
        assertThat(check(token)).isEqualTo(200);
    }

    @Test
    void keepsTheKeysOfCallersApart() {
        ClientFiles.token(service, realm);

        assertThat(Api.counts(post(service, ClientFiles.OPS, "k", body))).isEqualTo("200 1,0,0");
        assertThat(Api.counts(post(service, ClientFiles.ROOT, "k", body))).isEqualTo("200 0,0,0");
    }

    /** Nothing was done: the next attempt may have better luck. */
    @Test
    void keepsNoAnswerOfWhatWasNotDone() {
        String token = ClientFiles.token(service, realm);
        String limited = "{\"target\":{\"realm_name\":\"" + realm + "\"},\"expected_max\":0}";

        assertThat(post(service, ClientFiles.OPS, "k", limited).status()).isEqualTo(409);
        revokeAlone(token);
        assertThat(Api.counts(post(service, ClientFiles.OPS, "k", limited))).isEqualTo("200 0,0,0");
    }

    @Test
    void doesOneOfManyAtTheSameTime() {
        ClientFiles.token(service, realm);

        List<Reply> replies = Stream.of(service, other, service, other, service, other)
                .map(each -> call(each, "", ClientFiles.OPS, "k", body))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(replies)
                .allMatch(reply -> reply.status() == 409 || all(reply).startsWith("200 "));
        assertThat(replies.stream().filter(reply -> reply.status() == 200).map(OnceOnlyTest::all))
                .isNotEmpty();
        assertThat(replies.stream()
                        .filter(reply -> reply.status() == 200)
                        .map(OnceOnlyTest::all)
                        .distinct())
                .singleElement()
                .asString()
                .contains("\"invalidated_tokens\":1");
    }

    /** Nobody has this key for longer, as if its instance had died. */
    @Test
    void doesAgainWhatAnInstanceHasLeft() {
        ClientFiles.token(service, realm);
        Reserve left = new Reserve(
                ClientFiles.OPS,
                "k",
                OnceOnly.fingerprint("SWEPT", body.getBytes(StandardCharsets.UTF_8)),
                "died",
                Duration.ofSeconds(2));
        assertThat(Waiting.get(bus(service).reserveAnswer(left)).state()).isEqualTo(State.NEW);

        assertThat(post(other, ClientFiles.OPS, "k", body).status()).isEqualTo(409);
        Waiting.until("free", () -> post(other, ClientFiles.OPS, "k", body).status() == 200);

        assertThat(Waiting.get(bus(service).reserveAnswer(left)).state()).isEqualTo(State.ANSWERED);
    }

    @Test
    void leavesAKeyToItsOwner() {
        Reserve mine = Reserve.shortly(ClientFiles.OPS, "k", "request");
        Reserve others = Reserve.shortly(ClientFiles.OPS, "k", "request");
        RevokerBus bus = bus(service);

        assertThat(Waiting.get(bus.reserveAnswer(mine)).notAfter()).isPresent();
        assertThat(Waiting.get(bus.reserveAnswer(mine)).state()).isEqualTo(State.NEW);
        assertThat(Waiting.get(bus.reserveAnswer(others)).state()).isEqualTo(State.UNDER_WAY);
        Waiting.get(bus.settleAnswer(new Settle(others, Optional.of("{}"))));
        Waiting.get(bus.settleAnswer(new Settle(others, Optional.empty())));
        assertThat(Waiting.get(bus.reserveAnswer(others)).state()).isEqualTo(State.UNDER_WAY);

        Waiting.get(bus.settleAnswer(new Settle(mine, Optional.of("{}"))));
        assertThat(Waiting.get(bus.reserveAnswer(mine)).answer()).contains("{}");
        Waiting.get(bus.settleAnswer(new Settle(mine, Optional.empty())));
        assertThat(Waiting.get(bus.reserveAnswer(others)).answer()).contains("{}");
    }

    private static RevokerBus bus(RunningService service) {
        return new RevokerBus(service.vertx(), Waiting.PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"a\"b\"", "a\"b", "\"\"", "a b", "a, b", "\"a\";v=1", "\"a\\\"b\"", "a\\b", LONG})
    void refusesWhatIsNoKey(String key) {
        assertThat(post(service, ClientFiles.OPS, key, body).status()).isEqualTo(400);
    }

    private void revokeAlone(String token) {
        post(service, ClientFiles.OPS, "alone", "{\"target\":{\"token\":\"" + token + "\"}}");
    }

    private int check(String token) {
        return service.call("POST", "/v1/checks")
                        .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .json()
                        .at("/checks/0/active")
                        .booleanValue()
                ? 200
                : 401;
    }

    private static String all(Reply reply) {
        return reply + " " + reply.header("Revoker-Stamp") + " " + reply.header("Revoker-Durability") + " "
                + reply.header("Content-Type");
    }

    private static Reply post(RunningService service, String caller, String key, String body) {
        return post(service, "", caller, key, body);
    }

    private static Reply post(RunningService service, String query, String caller, String key, String body) {
        return call(service, query, caller, key, body).join();
    }

    private static CompletableFuture<Reply> call(
            RunningService service, String query, String caller, String key, String body) {
        return service.call("POST", "/v1/revocations" + query)
                .basic(caller, ClientFiles.SECRET)
                .header(KEY, key)
                .json(body)
                .sendAsync();
    }
}
