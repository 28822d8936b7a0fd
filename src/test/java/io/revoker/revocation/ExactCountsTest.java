package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The counts of a sweep outlive the instance that counted, and do not depend on a clock that was wrong once. */
class ExactCountsTest {
    private static final Tuning IMPATIENT = Tuning.DEFAULT.timeout(Duration.ofSeconds(1));
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        redis.close();
        get(vertx.close());
    }

    /**
     * What a sweep is about.
     *
     * @param holders the first of them is the only one of its shard
     */
    private record Case(Target target, List<UserInRealm> holders) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        new Target.OfRealm(JOE.realm()),
                        IntStream.of(2, 0, 1, 3, 4, 5)
                                .mapToObj(i -> holder("corp", "user" + i))
                                .toList()),
                new Case(
                        new Target.OfUser(JOE.user()),
                        IntStream.range(0, 6)
                                .mapToObj(i -> holder("realm" + i, "joe"))
                                .toList()),
                new Case(new Target.OfUserInRealm(JOE), List.of(JOE)),
                new Case(
                        new Target.OfAll(),
                        IntStream.range(0, 6)
                                .mapToObj(i -> holder("realm" + i, "joe"))
                                .toList()),
                new Case(
                        selected(new Target.OfRealm(JOE.realm()), Selector.By.CLIENT, "client"),
                        IntStream.of(2, 0, 1, 3, 4, 5)
                                .mapToObj(i -> holder("corp", "user" + i))
                                .toList()),
                new Case(
                        new Target.IssuedBefore(
                                new Target.OfUser(JOE.user()), Instant.now().plusSeconds(60)),
                        IntStream.range(0, 6)
                                .mapToObj(i -> holder("realm" + i, "joe"))
                                .toList()));
    }

    /**
     * A holder's only token was counted, and has expired before another instance resumes the sweep: nothing is left to
     * find.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void countsWhatHasExpiredBetweenTwoThatRunASweep(Case each) {
        Gate gate = Gate.open(vertx, url);
        try (Node dying = Node.onRedis(IMPATIENT, gate.url(), prefix, 1)) {
            get(dying.register(Grants.access(each.holders().get(0), Duration.ofSeconds(2))));
            each.holders().stream().skip(1).forEach(holder -> get(dying.register(Grants.access(holder))));
            gate.closeAt("ENDED ");
            get(dying.bus().revoke(new Revoke(each.target(), RealmScope.ALL, Revoke.Until.MARKED)));
            until("counted, and not ended", gate::isHolding);
        }

        until(
                "expired",
                () -> redis.keys(prefix + ":t:").size() == each.holders().size() - 1);
        try (Node heir = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            until("ended", () -> sweeps(heir).get(0).state() == State.ENDED);
            assertThat(sweeps(heir).get(0).progress().tally())
                    .isEqualTo(new Tally(each.holders().size(), 0));
            until("forgotten", () -> redis.keys(prefix + ":s:").isEmpty());
            assertThat(redis.keys(prefix + ":{log}:parts")).isEmpty();
        }
    }

    /** Stamps only grow, so one wrong second of the clock stays in them. */
    @Test
    void countsWhatIsUnexpiredNowAlthoughTheStampsAreAheadOfTheTime() {
        long ahead = Instant.now().plus(Duration.ofDays(2)).toEpochMilli() * 1000;
        redis.call("SET", prefix + ":{log}:clock", String.valueOf(ahead));
        try (Node node = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            List<Grant> grants = Stream.of(Grants.pair(JOE), Grants.access(JOE)).toList();
            get(Future.all(grants.stream().map(node::register).toList()));

            assertThat(get(node.revoke(new Target.OfUserInRealm(JOE))).tally()).isEqualTo(new Tally(3, 0));

            grants.forEach(grant -> assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED));
            Grant later = Grants.access(JOE);
            get(node.register(later));
            assertThat(get(node.check(accessId(later))).status()).isEqualTo(Verdict.Status.ACTIVE);
            assertThat(get(node.revoke(new Target.OfRealm(JOE.realm()))).tally())
                    .isEqualTo(new Tally(1, 0));
            assertThat(sweeps(node))
                    .allSatisfy(sweep ->
                            assertThat(sweep.started()).isBefore(Instant.now().plusSeconds(60)));
        }
    }

    private static List<SweepStatus> sweeps(Node node) {
        return get(node.bus().findSweeps(new FindSweeps(Optional.empty(), RealmScope.ALL)))
                .sweeps();
    }
}
