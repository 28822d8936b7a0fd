package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Bundle;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A holder with more grants than one bundle has. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class ManyGrantsTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final int GRANTS = 3 * Bundle.SIZE + 50;
    private static final Target REALM = new Target.OfRealm(JOE.realm());

    private final String prefix = Backend.newPrefix();
    private final String url;
    private final RedisClient redis;
    private final Backend.Opened opened;
    private final Backend.Opened other;
    private final OnLoop store;

    ManyGrantsTest(RedisServers.Server server) {
        url = server.url();
        redis = RedisClient.of(url);
        opened = Backend.open(Tuning.DEFAULT, url, prefix);
        other = Backend.open(Tuning.DEFAULT, url, prefix);
        store = opened.ports();
    }

    static List<Target> targetsOverJoe() {
        return List.of(REALM, new Target.OfUser(JOE.user()), new Target.OfUserInRealm(JOE));
    }

    @AfterEach
    void close() {
        opened.close().run();
        other.close().run();
        redis.close();
    }

    @Test
    void keepsEveryHashSmall() {
        int many = 10 * Bundle.SIZE;
        register(many, Grants.LIFE);

        List<Long> sizes = Stream.concat(keys("g:").stream(), keys("h:").stream())
                .map(key -> redis.number("HLEN", key))
                .toList();
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(Bundle.SIZE + 2L));
        assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isEqualTo(many + 1L);
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void sweepsAllOfThem(Target target) {
        List<Grant> grants = registerMany(Grants.LIFE);

        assertThat(Sweeping.sweep(store, target, get(store.append(target)))).isEqualTo(new Tally(2 * GRANTS, 0));

        assertThat(grants).noneMatch(grant -> isLive(store, grant) || isLive(other.ports(), grant));
        assertThat(Sweeping.sweep(store, target, get(store.append(target)))).isEqualTo(Tally.NONE);
    }

    @Test
    void findsARepeatedGrantWhereItIs() {
        List<Grant> grants = registerMany(Grants.LIFE);

        assertThat(grants).allSatisfy(grant -> {
            assertThat(get(store.register(grant)).outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(get(other.ports().register(grant)).outcome()).isEqualTo(Outcome.UNCHANGED);
        });
        assertThat(Sweeping.sweep(store, REALM, get(store.append(REALM)))).isEqualTo(new Tally(2 * GRANTS, 0));
        assertThat(grants)
                .allSatisfy(grant ->
                        assertThat(get(other.ports().register(grant)).outcome()).isEqualTo(Outcome.INVALIDATED));
    }

    @Test
    void bringsNothingBackByTheExpiredHalfOfAPair() {
        registerMany(Grants.LIFE);
        Grant pair = Grants.pair(JOE, Duration.ofSeconds(1), Grants.LIFE);
        get(store.register(pair));
        assertThat(Sweeping.sweep(store, REALM, get(store.append(REALM)))).isEqualTo(new Tally(2 * GRANTS + 2, 0));
        until("expired", () -> get(store.find(accessId(pair))).isEmpty());
        redis.keys(prefix + ":t:" + accessId(pair).value().substring(0, 3)).forEach(key -> redis.call("DEL", key));

        assertThat(get(other.ports().register(pair)).outcome()).isEqualTo(Outcome.INVALIDATED);

        assertThat(get(store.find(refreshId(pair))).orElseThrow().state()).isEqualTo(Token.State.INVALIDATED);
    }

    @Test
    void agreesOnOneBundleWhenTwoNodesRegisterTheSameGrants() {
        registerMany(Grants.LIFE);
        IntStream.range(0, Bundle.SIZE + 1).forEach(i -> get(other.ports().register(Grants.access(JOE))));
        List<Grant> grants =
                IntStream.range(0, GRANTS).mapToObj(i -> Grants.pair(JOE)).toList();

        grants.stream()
                .flatMap(grant -> List.of(store.register(grant), other.ports().register(grant)).stream())
                .toList()
                .forEach(done -> assertThat(get(done).outcome()).isIn(Outcome.CREATED, Outcome.UNCHANGED));

        assertThat(grants).allMatch(grant -> isLive(store, grant) && isLive(other.ports(), grant));
        assertThat(Sweeping.sweep(store, REALM, get(store.append(REALM))))
                .isEqualTo(new Tally(4L * GRANTS + Bundle.SIZE + 1, 0));
    }

    @Test
    void leavesNothingWhenAllHaveExpired() {
        registerMany(Duration.ofSeconds(1));

        until(() -> "all gone, but " + left(), Duration.ofSeconds(30), () -> left().isEmpty());
    }

    private List<String> left() {
        return keys("").stream()
                .filter(key -> !key.startsWith(prefix + ":{log}:"))
                .toList();
    }

    private List<Grant> registerMany(Duration life) {
        return register(GRANTS, life);
    }

    private List<Grant> register(int number, Duration life) {
        List<Grant> grants = IntStream.range(0, number)
                .mapToObj(i -> Grants.pair(JOE, life, life))
                .toList();
        grants.forEach(grant -> get(store.register(grant)));
        return grants;
    }

    private static boolean isLive(OnLoop store, Grant grant) {
        return get(store.find(accessId(grant))).orElseThrow().state() == Token.State.LIVE
                && get(store.find(refreshId(grant))).orElseThrow().state() == Token.State.LIVE;
    }

    private List<String> keys(String rest) {
        return redis.keys(prefix + ":" + rest);
    }
}
