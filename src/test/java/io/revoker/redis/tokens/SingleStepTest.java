package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Bundle;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that knows all marks registers a grant with one command, and none that a mark overtakes. */
class SingleStepTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final Gate gate = Gate.open(vertx, server.url());
    private final Backend.Opened opened = Backend.openKnowing(gate.url(), prefix);
    private final Backend.Opened another = Backend.open(Tuning.DEFAULT, server.url(), prefix);
    private final OnLoop store = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        another.close().run();
        redis.close();
        server.close();
        get(vertx.close());
    }

    /** After the first of a realm, which adds the realm to the index, and of its shards. */
    @Test
    void registersManyOfATurnWithOneCommandForEachGroup() {
        IntStream.range(0, 100).forEach(i -> get(store.register(Grants.pair(holder("corp", "user-" + i)))));
        List<Grant> grants = IntStream.range(0, 100)
                .mapToObj(i -> Grants.pair(holder("corp", "user-" + i)))
                .toList();
        redis.call("CONFIG", "RESETSTAT");

        List<Registration> done = get(OnLoop.on(
                store.context(),
                () -> Future.all(grants.stream().map(store.store()::register).toList())
                        .map(all -> all.<Registration>list())));

        assertThat(done).extracting(Registration::outcome).containsOnly(Outcome.CREATED);
        assertThat(redis.calls("evalsha")).isEqualTo(2);
        assertThat(grants).allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.LIVE));
    }

    @Test
    void isBornAfterAMarkThatOvertakesIt() {
        Backend.askForPlace(store, JOE);
        gate.closeAt(":h:{corp/");
        Grant grant = Grants.pair(JOE);
        Future<Registration> registration = store.register(grant);
        until("held", gate::isHolding);
        Target target = new Target.OfUser(JOE.user());
        Stamp stamp = get(another.ports().append(target));
        Sweeping.sweep(another.ports(), target, stamp);

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(find(grant).birth()).isEqualTo(stamp);
        assertThat(find(grant).state()).isEqualTo(Token.State.LIVE);
    }

    @Test
    void leavesNothingOfAPairOfWhichOneTokenIsAnothers() {
        Grant other = Grants.pair(holder("corp", "eve"));
        get(store.register(other));
        long before = entries();
        Grant pair = Grants.pair(JOE);
        Grant taken = new Grant(JOE, pair.access(), other.refresh(), pair.facts());

        assertThat(get(store.register(taken)).outcome()).isEqualTo(Outcome.CONFLICT);

        assertThat(get(store.find(accessId(taken)))).isEmpty();
        assertThat(get(store.find(refreshId(other)))).isPresent();
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void changesNothingWhenItIsRepeated() {
        Grant grant = Grants.pair(JOE);
        get(store.register(grant));
        long before = entries();

        assertThat(get(store.register(grant)).outcome()).isEqualTo(Outcome.UNCHANGED);

        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void takesOnePlaceInABundleWhenItIsRepeated() {
        UserInRealm named = holder("corp", "j".repeat(60));
        IntStream.range(0, Bundle.SIZE).forEach(i -> get(store.register(Grants.pair(named))));
        for (int i = 0; i < 2 * Bundle.SIZE / 5; i++) {
            Grant grant = Grants.pair(named);
            get(store.register(grant));
            assertThat(get(store.register(grant)).outcome()).isEqualTo(Outcome.UNCHANGED);
        }

        assertThat(redis.keys(prefix + ":g:{corp/")).hasSize(2);
    }

    private Token find(Grant grant) {
        return get(store.find(accessId(grant))).orElseThrow();
    }

    /** Of the records of all tokens. */
    private long entries() {
        return redis.keys(prefix + ":t:").stream()
                .mapToLong(key -> redis.number("HLEN", key))
                .sum();
    }
}
