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
import io.revoker.testing.Issuer;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three instances, of which two answer from memory; what is revoked on one of them, by whatever way, the others refuse. */
@OnEveryRedis
class NearWaysTest {
    private static final int ROUNDS = 4;
    private static final Issuer ISSUER = Issuer.named("https://login.example/near");
    private static final String OF_ISSUER = "corp";
    private static final Map<Server, Instances> ALL = new ConcurrentHashMap<>();

    private final NearService one;
    private final NearService other;
    private final NearService without;

    private record Instances(NearService one, NearService other, NearService without) {
        static Instances on(Server redis) {
            String prefix = Api.fresh("near");
            String realms = "--realms.file=" + realms();
            return new Instances(
                    NearService.on(redis.url(), prefix, realms),
                    NearService.on(redis.url(), prefix, realms),
                    NearService.off(redis.url(), prefix, realms));
        }
    }

    NearWaysTest(Server redis) {
        Instances instances = ALL.computeIfAbsent(redis, Instances::on);
        one = instances.one();
        other = instances.other();
        without = instances.without();
    }

    @AfterAll
    static void close() {
        ALL.values().stream()
                .flatMap(all -> Stream.of(all.one(), all.other(), all.without()))
                .forEach(NearService::close);
        ALL.clear();
    }

    private static Path realms() {
        Path directory = RedisServers.directory();
        try {
            return Files.writeString(
                    directory.resolve("realms.yaml"),
                    "realms:\n" + ISSUER.realm(directory, OF_ISSUER, "events-audience: [revoker]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event(String user) {
        long now = System.currentTimeMillis() / 1000;
        return ISSUER.sign(
                "RS256",
                text("{\"typ\":\"secevent+jwt\",\"alg\":\"RS256\",\"kid\":\"%s\"}", Issuer.keyId("RS256")),
                text(
                        "{\"iss\":\"%s\",\"aud\":\"revoker\",\"iat\":%d,\"jti\":\"%s\","
                                + "\"sub_id\":{\"format\":\"opaque\",\"id\":\"%s\"},"
                                + "\"events\":{\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\":{}}}",
                        ISSUER.name(), now, Api.fresh("jti"), user));
    }

    /**
     * How a token and its pair are revoked.
     *
     * @param realm in which; each time another one if it is empty
     */
    private record Way(String name, Optional<String> realm, BiConsumer<NearService, Case> revoke) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Tokens of a user of its own. */
    private record Case(String realm, String user, Api.Pair pair, String lone) {}

    private static Way way(String name, BiConsumer<NearService, Case> revoke) {
        return new Way(name, Optional.empty(), revoke);
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
                way("leak", (on, it) -> {
                    assertThat(on.service()
                                    .call("POST", "/v1/revoke_tokens")
                                    .json(text(
                                            "[{\"type\":\"a\",\"token\":\"%s\"},{\"type\":\"a\",\"token\":\"%s\"}]",
                                            it.lone(), it.pair().refresh()))
                                    .send()
                                    .status())
                            .isEqualTo(204);
                }),
                way(
                        "global token revocation",
                        (on, it) -> assertThat(on.service()
                                        .call("POST", "/oauth2/global-token-revocation")
                                        .json(text("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"%s\"}}", it.user()))
                                        .send()
                                        .status())
                                .isEqualTo(204)),
                new Way(
                        "security event",
                        Optional.of(OF_ISSUER),
                        (on, it) -> assertThat(on.service()
                                        .call("POST", "/ssf/events")
                                        .header("Content-Type", "application/secevent+jwt")
                                        .body(event(it.user()))
                                        .send()
                                        .status())
                                .isEqualTo(202)),
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
            Case it = fresh(way.realm().orElseGet(() -> Api.fresh("realm")));
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

    private Case fresh(String realm) {
        String user = Api.fresh("user");
        return new Case(realm, user, one.api().pair(realm, user), one.api().access(realm, user));
    }
}
