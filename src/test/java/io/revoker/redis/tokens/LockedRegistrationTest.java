package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.ofClient;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Registrations on a node that has to ask the store for locks. */
class LockedRegistrationTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix);
    private final OnLoop store = opened.ports();
    private final RedisClient redis = RedisClient.of(url);
    private final Grant ofShop = ofClient("shop", Grants.pair(JOE));

    static List<Target> targets() {
        Stream<Target> wholes = Stream.of(
                new Target.OfAll(),
                new Target.OfRealm(JOE.realm()),
                new Target.OfUser(JOE.user()),
                new Target.OfUserInRealm(JOE));
        Stream<Target> selections = Stream.of(new Target.OfRealm(JOE.realm()), new Target.OfUserInRealm(JOE))
                .flatMap(base -> Stream.of(
                        selected(base, Selector.By.CLIENT, "shop"),
                        new Target.Selected(base, Selector.of(TokenKind.REFRESH))));
        return Stream.concat(wholes, selections).toList();
    }

    @AfterEach
    void close() {
        redis.close();
        opened.close().run();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void areRefusedAndLeaveNothing(Target target) {
        lock(target);

        assertThat(problem(store.register(ofShop)).kind()).isEqualTo(Problem.Kind.LOCKED);

        assertThat(redis.keys(prefix + ":t:")).isEmpty();
        assertThat(redis.keys(prefix + ":h:")).isEmpty();
        Lock lock = get(locks()).orElseThrow().get(0);
        assertThat(lock.target()).isEqualTo(target);
        get(OnLoop.on(store.context(), () -> store.marks().locks().remove(lock.id())));
        Grant another = Grants.with(ofShop, facts -> new Grant.Facts("bank", "", facts.issuedAt()));
        assertThat(register(another)).isEqualTo(Outcome.CREATED);
    }

    /** The client fell silent after the records were written, and tries again. */
    @Test
    void leaveWhatWasThereBefore() {
        assertThat(register(ofShop)).isEqualTo(Outcome.CREATED);
        lock(selected(new Target.OfRealm(JOE.realm()), Selector.By.CLIENT, "shop"));

        assertThat(problem(store.register(ofShop)).kind()).isEqualTo(Problem.Kind.LOCKED);

        assertThat(get(store.find(Grants.accessId(ofShop)))).isPresent();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void areNotRefusedForLocksOfOthers(Target target) {
        lock(target.match(
                one -> one,
                realm -> selected(realm, Selector.By.CLIENT, "bank"),
                user -> new Target.OfUser(holder("corp", "eve").user()),
                user -> selected(user, Selector.By.SESSION, "s1"),
                all -> new Target.OfRealm(holder("lab", "joe").realm())));

        assertThat(register(ofShop)).isEqualTo(Outcome.CREATED);
    }

    private Outcome register(Grant grant) {
        Registration done = get(store.register(grant));
        return done.outcome();
    }

    private Future<Optional<List<Lock>>> locks() {
        return OnLoop.on(store.context(), () -> store.marks().locks().all(Stamp.NONE));
    }

    private void lock(Target target) {
        Instant end = Grants.now().plusSeconds(3600);
        get(store.enter(target, new Order("ops", Start.AT_ONCE, Optional.empty(), Optional.of(end), Optional.empty())));
    }
}
