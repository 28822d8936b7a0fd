package io.revoker.redis.index;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a revocation of a user costs goes by the realms in which the user has tokens, and it misses none. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class RealmsOfUsersTest {
    private static final int REALMS = 230;
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target USER = new Target.OfUser(JOE.user());

    private final String prefix = Backend.newPrefix();
    private final RedisServers.Server server;
    private final RedisClient redis;
    private final Backend.Opened opened;
    private final OnLoop store;

    RealmsOfUsersTest(RedisServers.Server server) {
        this.server = server;
        redis = RedisClient.of(server.url());
        opened = Backend.open(Tuning.DEFAULT, server.url(), prefix);
        store = opened.ports();
    }

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
    }

    @Test
    void looksWhereTheUserHasTokensOnly() {
        registerOthers();
        get(store.register(Grants.pair(JOE)));
        get(store.register(Grants.access(holder("shop", "joe"))));
        awaitIndex();

        assertThat(Sweeping.holders(store, USER)).containsExactlyInAnyOrder(JOE, holder("shop", "joe"));
        assertThat(get(store.size(USER))).isEqualTo(2);
        assertThat(sweep()).isEqualTo(new Tally(3, 0));
    }

    @Test
    void findsAUserOfManyRealms() {
        registerEverywhere("joe");
        awaitIndex();

        assertThat(Sweeping.holders(store, USER)).hasSize(REALMS).doesNotHaveDuplicates();
        assertThat(sweep()).isEqualTo(new Tally(REALMS, 0));
    }

    /** As it is in data that was written before there was an index. */
    @Test
    void asksEveryRealmUntilTheIndexIsBuilt() {
        registerOthers();
        registerEverywhere("joe");
        redis.keys(prefix + ":u:").forEach(key -> redis.call("DEL", key));

        assertThat(sweep()).isEqualTo(new Tally(REALMS, 0));

        awaitIndex();
        registerOthers();
        assertThat(Sweeping.holders(store, USER)).hasSize(REALMS).doesNotHaveDuplicates();
        assertThat(Sweeping.holders(
                        store, new Target.OfUser(holder("realm0", "user0").user())))
                .containsExactly(holder("realm0", "user0"));
    }

    /**
     * Another instance seems to build it. One realm is missing in the list of realms, and of another one the list has
     * an old expiry, as after a fail-over.
     */
    @Test
    void listsEachRealmOnceWhileTheIndexIsNotBuilt() {
        registerEverywhere("joe");
        redis.call("SET", prefix + ":{log}:indexing", "1");
        redis.call("ZREM", prefix + ":realms", "realm7");
        redis.call("ZADD", prefix + ":realms", "1", "realm8");

        List<UserInRealm> listed = listed(2 * REALMS);

        assertThat(redis.keys(prefix + ":{log}:indexed")).isEmpty();
        assertThat(listed).hasSize(REALMS).doesNotHaveDuplicates();
        assertThat(listed.subList(REALMS - 2, REALMS))
                .containsExactlyInAnyOrder(holder("realm7", "joe"), holder("realm8", "joe"));
        assertThat(listed(1)).as("going on behind each").isEqualTo(listed);
    }

    /**
     * The order of a listing.
     *
     * @param each so many of a page are taken, and the next page begins behind them
     */
    private List<UserInRealm> listed(int each) {
        List<UserInRealm> found = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Holding.Listing page = get(store.holdings(USER, next.get()));
            page.holdings().stream()
                    .limit(each)
                    .flatMap(one -> one.holding().holder().stream())
                    .forEach(found::add);
            next = page.holdings().size() > each
                    ? Optional.of(page.holdings().get(each - 1).position())
                    : page.next();
        }
        return found;
    }

    /** A node of a Cluster may have lost a part of it since. */
    @Test
    void buildsAnIndexAnewThatWasBuiltOnOtherServers() {
        registerEverywhere("joe");
        awaitIndex();
        redis.call("SET", prefix + ":{log}:indexed", "others");
        redis.keys(prefix + ":u:").forEach(key -> redis.call("DEL", key));

        assertThat(sweep()).isEqualTo(new Tally(REALMS, 0));

        until("built", () -> !redis.call("GET", prefix + ":{log}:indexed").equals("others"));
        assertThat(Sweeping.holders(store, USER)).hasSize(REALMS);
    }

    /** Whatever becomes of a registration: a grant that is there is found. */
    @Test
    void listsTheRealmBeforeTheGrantIsWritten() {
        if (!server.url().startsWith("redis://")) {
            return;
        }
        awaitIndex();
        Vertx vertx = Vertx.vertx();
        Gate gate = Gate.open(vertx, server.url());
        Backend.Opened slow = Backend.open(Tuning.DEFAULT, gate.url(), prefix);
        Backend.askForPlace(slow.ports(), JOE);
        gate.closeAt(":u:");
        Grant grant = Grants.pair(JOE);
        var registering = slow.ports().register(grant);
        until("held", gate::isHolding);

        assertThat(redis.keys(prefix + ":h:")).isEmpty();
        gate.closeAt(":h:");
        gate.pass();
        until("held again", gate::isHolding);
        assertThat(Sweeping.holders(store, USER)).containsExactly(JOE);

        gate.open();
        get(registering);
        slow.close().run();
        get(vertx.close());
    }

    private Tally sweep() {
        return Sweeping.sweep(store, USER, get(store.append(USER)));
    }

    private void registerOthers() {
        registerAll(IntStream.range(0, REALMS)
                .mapToObj(i -> holder("realm" + i, "user" + i))
                .toList());
    }

    private void registerEverywhere(String user) {
        registerAll(IntStream.range(0, REALMS)
                .mapToObj(i -> holder("realm" + i, user))
                .toList());
    }

    private void registerAll(List<UserInRealm> holders) {
        holders.stream()
                .map(holder -> store.register(Grants.access(holder)))
                .toList()
                .forEach(registered -> assertThat(get(registered)).isNotNull());
    }

    /** The first query starts to build the index. */
    private void awaitIndex() {
        until("built", () -> {
            get(store.size(USER));
            return !redis.keys(prefix + ":{log}:indexed").isEmpty();
        });
    }
}
