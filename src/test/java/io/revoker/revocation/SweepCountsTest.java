package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every token that died is in the metrics of one instance, and of no other, whatever becomes of its sweep. */
class SweepCountsTest {
    private static final int USERS = 400;
    private static final String TOKENS = "revoker.tokens";
    private static final String RUNNING = "revoker.sweeps.running";
    private static final Target REALM = new Target.OfRealm(new RealmId("corp"));
    private static final SweepSettings SLOW =
            new SweepSettings(10, 3, 3, 100, 40, Duration.ofSeconds(18), Duration.ofMillis(500));

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);
    private final Node slow = Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1, SLOW);
    private final Stamp sweep = begin();
    private final Node fast = Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1);

    @AfterEach
    void close() {
        slow.close();
        fast.close();
        redis.close();
    }

    @Test
    void countsTheTokensOfASweepThatTwoRunOnce() {
        until("ended by the one that took it over", () -> {
            redis.call("ZADD", prefix + ":{log}:leases", "XX", "0", sweep.toString());
            return find().state() == State.ENDED;
        });
        until("known to the other", () -> slow.gauge(RUNNING) == 0);

        until("counted", () -> fast.counted(TOKENS) == USERS);
        assertThat(slow.counted(TOKENS)).isZero();
    }

    @Test
    void countsWhatASweepDidBeforeItWasStopped() {
        until("under way", () -> find().progress().holders() > 0);
        get(fast.bus().stopSweep(new StopSweep(sweep, RealmScope.ALL)));
        until("known to the instance that ran it", () -> slow.gauge(RUNNING) == 0);

        get(fast.revoke(REALM));

        until("counted", () -> slow.counted(TOKENS) + fast.counted(TOKENS) == USERS);
    }

    @Test
    void countsNothingOfASweepThatIsLeftToAnother() {
        until("under way", () -> find().progress().holders() > 0);

        slow.close();

        until("ended", () -> find().state() == State.ENDED);
        until("counted", () -> fast.counted(TOKENS) == USERS);
        assertThat(slow.counted(TOKENS)).isZero();
    }

    private Stamp begin() {
        get(Future.all(IntStream.range(0, USERS)
                .mapToObj(i -> slow.register(Grants.access(holder("corp", "user" + i))))
                .toList()));
        return get(slow.bus().revoke(new Revoke(REALM, RealmScope.ALL, Revoke.Until.MARKED)))
                .stamp();
    }

    private SweepStatus find() {
        return get(fast.bus().findSweeps(new FindSweeps(Optional.of(sweep), RealmScope.ALL)))
                .sweeps()
                .get(0);
    }
}
