package io.revoker.near;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three instances, of which two answer from memory; what is revoked on one of them, the others refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearCacheTest {
    private static final int ROUNDS = 15;
    private static final String URL = RedisServers.embedded().url();

    private final String prefix = Api.fresh("near");
    private NearService one;
    private NearService other;
    private NearService without;

    @BeforeAll
    void start() {
        one = NearService.on(URL, prefix);
        other = NearService.on(URL, prefix);
        without = NearService.off(URL, prefix);
        other.remember(one.api().access("corp", "first"));
    }

    @AfterAll
    void close() {
        Stream.of(one, other, without).forEach(NearService::close);
    }

    /** How a token and its pair are revoked. */
    private record Way(String name, BiConsumer<NearService, Case> revoke) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Tokens of a user of its own. */
    private record Case(String realm, String user, Api.Pair pair, String lone) {}

    private static Way way(String name, BiConsumer<NearService, Case> revoke) {
        return new Way(name, revoke);
    }

    static Stream<Way> ways() {
        return Stream.of(
                way("access token and refresh token", (on, it) -> {
                    assertThat(on.api().invalidateAccess(it.lone())).startsWith("200 1,");
                    assertThat(on.api().invalidateAccess(it.pair().access())).startsWith("200 1,");
                    assertThat(on.api().invalidateRefresh(it.pair().refresh())).startsWith("200 1,");
                }),
                way(
                        "realm",
                        (on, it) ->
                                assertThat(on.api().invalidateRealm(it.realm())).isEqualTo("200 3,0,0")),
                way(
                        "user",
                        (on, it) ->
                                assertThat(on.api().invalidateUser(it.user())).isEqualTo("200 3,0,0")),
                way(
                        "user in realm",
                        (on, it) -> assertThat(on.api().invalidateUserInRealm(it.realm(), it.user()))
                                .isEqualTo("200 3,0,0")),
                way("mark only", (on, it) -> on.api().beginSweep(text("{\"realm_name\":\"%s\"}", it.realm()))),
                way(
                        "document",
                        (on, it) -> posted(on.service()
                                .call("POST", "/v1/revocations")
                                .json(text(
                                        "{\"target\":{\"realm_name\":\"%s\",\"username\":\"%s\"}}",
                                        it.realm(), it.user())))),
                way(
                        "issued before",
                        (on, it) -> posted(on.service()
                                .call("POST", "/v1/revocations")
                                .json(text(
                                        "{\"target\":{\"realm_name\":\"%s\"},\"issued_before\":\"%s\"}",
                                        it.realm(), Api.ahead(Duration.ofMinutes(4)))))),
                way(
                        "lock",
                        (on, it) -> posted(on.service()
                                .call("POST", "/v1/revocations")
                                .json(text(
                                        "{\"target\":{\"username\":\"%s\"},\"until\":\"%s\"}",
                                        it.user(), Api.ahead(Duration.ofMinutes(5)))))),
                way(
                        "selection",
                        (on, it) -> posted(on.service()
                                .call("POST", "/v1/revocations")
                                .json(text(
                                        "{\"target\":{\"realm_name\":\"%s\",\"token_type\":\"access_token\"}}",
                                        it.realm())))),
                way("OAuth", (on, it) -> {
                    posted(on.service().call("POST", "/oauth2/revoke").form("token=" + it.lone()));
                    posted(on.service()
                            .call("POST", "/oauth2/revoke")
                            .form("token=" + it.pair().refresh()));
                }),
                way("event bus", (on, it) -> {
                    RevokerBus bus = new RevokerBus(on.service().vertx(), Waiting.PATIENCE);
                    Stream.of(it.lone(), it.pair().access())
                            .map(token -> new Target.OneToken(TokenKind.ACCESS, TokenId.of(token)))
                            .forEach(target -> get(bus.revoke(new Revoke(target, RealmScope.ALL))));
                }));
    }

    private static void posted(Call call) {
        assertThat(call.send().status()).isEqualTo(200);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** While others go on asking, so that what they learn and the revocation race. */
    @ParameterizedTest
    @MethodSource("ways")
    void isRefusedEverywhereOnceItIsAcknowledged(Way way) {
        for (int round = 0; round < ROUNDS; round++) {
            NearService revoking = round % 3 == 0 ? one : round % 3 == 1 ? without : other;
            Case it = fresh();
            List<String> tokens = List.of(it.lone(), it.pair().access());
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Void> asking = asking(tokens, ended);
            try {
                until("some were answered from memory", () -> other.answersFromMemory(it.lone()));
                way.revoke().accept(revoking, it);
                for (int again = 0; again < 5; again++) {
                    assertAllRefuse(tokens);
                }
            } finally {
                ended.set(true);
                asking.join();
            }
        }
    }

    private void assertAllRefuse(List<String> tokens) {
        for (NearService asked : List.of(one, other, without)) {
            tokens.forEach(token -> assertThat(asked.api().check(token)).isEqualTo(401));
        }
    }

    private CompletableFuture<Void> asking(List<String> tokens, AtomicBoolean ended) {
        return CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                tokens.forEach(token -> {
                    one.api().check(token);
                    other.api().check(token);
                });
            }
        });
    }

    private Case fresh() {
        String realm = Api.fresh("realm");
        String user = Api.fresh("user");
        return new Case(realm, user, one.api().pair(realm, user), one.api().access(realm, user));
    }

    @Test
    void asksRedisForNothingThatItRemembers() {
        String token = one.api().access("corp", "quiet");
        other.remember(token);
        double before = other.answers();

        for (int i = 0; i < 50; i++) {
            assertThat(other.api().check(token)).isEqualTo(200);
        }

        assertThat(other.answers() - before).isEqualTo(50);
    }

    @Test
    void answersABatchFromMemoryAndFromRedisInItsOrder() {
        String known = one.api().access("corp", "known");
        String unknown = one.api().access("corp", "unknown");
        other.remember(known);
        double before = other.answers();

        String checks = other.service()
                .call("POST", "/v1/checks")
                .json(text("{\"tokens\":[\"nothing\",\"%s\",\"%s\",\"%s\"]}", known, unknown, known))
                .send()
                .json()
                .path("checks")
                .findValuesAsText("username")
                .toString();

        assertThat(checks).isEqualTo("[known, unknown, known]");
        assertThat(other.answers() - before).isEqualTo(2);
    }

    @Test
    void remembersWhatOthersMayNotSee() {
        String token = one.api().pair("corp", "both").refresh();
        until("active", () -> other.api().isActive(token));
        double before = other.answers();

        until("introspected from memory", () -> other.api().isActive(token) && other.answers() > before);

        assertThat(other.api().check(token)).isEqualTo(401);
    }

    @Test
    void refusesWhatHasExpired() {
        String token = one.api()
                .register(
                        "{\"realm_name\":\"corp\",\"username\":\"short\",\"mint\":[\"access_token\"],\"expires_in\":4}")
                .json()
                .required("access_token")
                .textValue();
        other.remember(token);

        until("expired", () -> other.api().check(token) == 401);
    }

    /** A revoked token that has expired is another one when its text is registered again. */
    @Test
    void takesATokenThatIsRegisteredAgainForAnother() {
        String text = Api.fresh("text");
        String body =
                "{\"realm_name\":\"corp\",\"username\":\"again\",\"access_token\":\"" + text + "\",\"expires_in\":%d}";
        one.api().register(text(body, 3));
        other.remember(text);
        assertThat(one.api().invalidateAccess(text)).isEqualTo("200 1,0,0");
        assertThat(other.api().check(text)).isEqualTo(401);
        until(
                "expired and registered again",
                () -> one.api().register(text(body, 60)).status() == 201);

        assertThat(other.api().check(text)).isEqualTo(200);
        other.remember(text);
        assertThat(without.api().invalidateAccess(text)).isEqualTo("200 1,0,0");
        assertThat(other.api().check(text)).isEqualTo(401);
    }

    /** It can't tell what it has missed. */
    @Test
    void forgetsAllWhenTheLogIsTrimmedUnderIt() {
        String token = one.api().access("corp", "trimmed");
        other.remember(token);
        try (RedisClient redis = RedisClient.of(URL)) {
            redis.call("DEL", prefix + ":{log}:events");
        }
        String next = one.api().access("corp", "next");
        until("noticed", () -> without.api().invalidateAccess(next).startsWith("200 "));
        until("revoked", () -> without.api().invalidateAccess(token).startsWith("200 "));

        assertThat(other.api().check(token)).isEqualTo(401);
        other.remember(one.api().access("corp", "later"));
    }
}
