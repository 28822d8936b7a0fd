package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node of a Cluster is gone: what is on the others is revoked and counted all the same, however many sweeps wait for the one that is gone. */
class DeadPrimaryTest {
    private static final int PRIMARIES = 3;
    private static final int STUCK = 8;
    private static final SweepSettings TWO_AT_ONCE =
            new SweepSettings(10, 3, 3, 2, 0, Duration.ofSeconds(10), Duration.ofMillis(500));

    private final RedisCluster cluster = RedisCluster.start(PRIMARIES, 0);
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(
            Tuning.DEFAULT.timeout(Duration.ofSeconds(1)).heartbeat(Duration.ofMillis(100)),
            cluster.url(),
            prefix,
            1,
            TWO_AT_ONCE);
    private final int dying = (primaryOf(prefix + ":{log}:marks") + 1) % PRIMARIES;
    private final RedisProcess dead = cluster.primaries().get(dying);
    private final List<Grant> there = register(STUCK, primary -> primary == dying);
    private final List<Grant> elsewhere = register(5, primary -> primary != dying);

    @BeforeEach
    void kill() {
        cluster.primaries().forEach(DeadPrimaryTest::serveWithoutTheOthers);
        dead.kill();
    }

    @AfterEach
    void close() {
        node.close();
        cluster.close();
    }

    @Test
    void keepsNoRevocationOfTheLivingNodesWaiting() {
        List<Future<?>> begun =
                there.stream().<Future<?>>map(grant -> begin(grant)).toList();
        begun.forEach(answer -> get(answer));

        elsewhere.forEach(
                grant -> assertThat(get(node.revoke(target(grant))).tally()).isEqualTo(Tally.ONE_INVALIDATED));

        assertThat(open()).hasSize(STUCK);
        dead.start();
        until("counted", () -> open().isEmpty());
        assertThat(sweeps())
                .hasSize(STUCK + elsewhere.size())
                .allSatisfy(sweep -> assertThat(sweep.progress().tally()).isEqualTo(Tally.ONE_INVALIDATED));
        there.forEach(grant -> assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED));
    }

    @Test
    void letsNobodyWaitForLongForASweepThatStandsStill() {
        Problem problem = problem(node.revoke(target(there.get(0))));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNCOUNTED);
        assertThat(problem.text()).startsWith("the tokens are dead").contains("makes no progress");
    }

    private static void serveWithoutTheOthers(RedisProcess primary) {
        try (RedisClient client = primary.client()) {
            client.call("CONFIG", "SET", "cluster-require-full-coverage", "no");
        }
    }

    private Future<?> begin(Grant grant) {
        return node.bus().revoke(new Revoke(target(grant), RealmScope.ALL, Revoke.Until.MARKED));
    }

    private static Target target(Grant grant) {
        return new Target.OfUserInRealm(grant.holder());
    }

    private List<SweepStatus> open() {
        return sweeps().stream().filter(sweep -> sweep.state() != State.ENDED).toList();
    }

    private List<SweepStatus> sweeps() {
        return get(node.bus().findSweeps(new FindSweeps(Optional.empty(), RealmScope.ALL)))
                .sweeps();
    }

    private List<Grant> register(int count, IntPredicate primary) {
        List<Grant> grants = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "realm" + i)
                .filter(realm -> primary.test(primaryOf("{" + realm + "/" + Math.floorMod("joe".hashCode(), 4) + "}")))
                .limit(count)
                .map(realm -> Grants.access(holder(realm, "joe")))
                .toList();
        grants.forEach(grant -> get(node.register(grant)));
        return grants;
    }

    private int primaryOf(String key) {
        return cluster.slotOf(key) * PRIMARIES / 16_384;
    }
}
