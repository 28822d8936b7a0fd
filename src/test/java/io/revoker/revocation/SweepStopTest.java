package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sweep that is stopped by a request on another event loop than its own, long before its next sign of life. */
class SweepStopTest {
    private static final int USERS = 600;
    private static final Target REALM = new Target.OfRealm(new RealmId("corp"));
    private static final SweepSettings ONE_THAT_TAKES_A_MINUTE =
            new SweepSettings(1, 1, 1, 1, 10, Duration.ofMinutes(2), Duration.ofMinutes(10));

    private final String prefix = Backend.newPrefix();
    private final Node node =
            Node.onRedis(Tuning.DEFAULT, RedisServers.embedded().url(), prefix, 2, ONE_THAT_TAKES_A_MINUTE);
    private final Asker here = nextLoop();
    private final Asker there = nextLoop();

    private record Asker(String loop, RevokerBus bus) {}

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void endsAtOnceAndTellsAllItHasCounted() {
        Future<Report> report = underWay();

        SweepStatus stopped = get(stop()).sweeps().get(0);

        long counted = problem(report).done().invalidated();
        assertThat(counted).isBetween(1L, USERS - 1L);
        assertThat(stopped.state()).isEqualTo(State.STOPPED);
        assertThat(stopped.progress().tally().invalidated()).isEqualTo(counted);
        assertThat(only()).isEqualTo(stopped);
    }

    @Test
    void isStoppingUntilTheInstanceThatRunsItHasCounted() {
        Future<Report> report = underWay();
        Stamp sweep = only().sweep();
        try (Node other = Node.onRedis(Tuning.DEFAULT, RedisServers.embedded().url(), prefix, 1)) {
            RevokerBus bus = new RevokerBus(other.vertx(), Duration.ofMinutes(2));

            FoundSweeps answer = get(bus.stopSweep(new StopSweep(sweep, RealmScope.ALL)));

            assertThat(answer.sweeps().get(0).state()).isEqualTo(State.STOPPING);
            assertThat(only().state()).as("for everyone").isEqualTo(State.STOPPING);
        }
        assertThat(report.isComplete()).isFalse();
    }

    /** What the ledger says of it is less than what was done. */
    @Test
    void isStoppingIfItsCountsCannotBeWritten() {
        AtomicInteger stops = new AtomicInteger();
        Relay way = Relay.to(node.vertx(), RedisServers.embedded().url(), connection -> request -> {
            if (request.toString().toLowerCase(Locale.ROOT).contains("\nstopped ")) {
                stops.incrementAndGet();
                connection.closeClient();
            } else {
                connection.pass(request);
            }
        });
        try (Node cutOff = Node.onRedis(Tuning.DEFAULT, way.url(), prefix, 1, ONE_THAT_TAKES_A_MINUTE)) {
            register();
            Future<Report> report = cutOff.revoke(REALM);
            until("under way", () -> cutOff.counted("revoker.sweep.batches") > 0);

            FoundSweeps answer = get(cutOff.bus().stopSweep(new StopSweep(only().sweep(), RealmScope.ALL)));

            assertThat(stops).hasPositiveValue();
            assertThat(answer.sweeps().get(0).state()).isEqualTo(State.STOPPING);
            assertThat(problem(report).done().invalidated()).isPositive();
        }
    }

    @Test
    void leavesItsPlaceToTheNextOne() {
        Future<Report> report = underWay();
        Future<Report> next = revoke();
        until("in the ledger", () -> sweeps().size() == 2);

        get(stop());

        assertThat(problem(report).kind()).isEqualTo(Problem.Kind.UNCOUNTED);
        until("in its place", () -> sweeps().get(1).state() == State.RUNNING);
        assertThat(next.isComplete()).isFalse();
    }

    private Future<Report> underWay() {
        assertThat(here.loop()).isNotEqualTo(there.loop());
        register();
        Future<Report> report = revoke();
        until("under way", () -> node.counted("revoker.sweep.batches") > 0);
        return report;
    }

    private Future<FoundSweeps> stop() {
        return there.bus().stopSweep(new StopSweep(only().sweep(), RealmScope.ALL));
    }

    private Future<Report> revoke() {
        return here.bus().revoke(new Revoke(REALM, RealmScope.ALL));
    }

    private SweepStatus only() {
        return sweeps().get(0);
    }

    private List<SweepStatus> sweeps() {
        return get(there.bus().findSweeps(new FindSweeps(Optional.empty(), RealmScope.ALL)))
                .sweeps();
    }

    private void register() {
        get(Future.all(IntStream.range(0, USERS)
                .mapToObj(i -> node.register(Grants.access(holder("corp", "user" + i))))
                .toList()));
    }

    private Asker nextLoop() {
        Promise<Asker> started = Promise.promise();
        get(node.vertx().deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                started.complete(
                        new Asker(Thread.currentThread().getName(), new RevokerBus(vertx, Duration.ofMinutes(2))));
                return started.future();
            }
        }));
        return get(started.future());
    }
}
