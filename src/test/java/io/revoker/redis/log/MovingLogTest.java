package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.ServerLink;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.LastCommands;
import io.revoker.testing.Node;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Step by step, as a revocation is written while the slot of the log moves; here it does not, so that each step can be looked at by itself. */
class MovingLogTest {
    private static final Target JOE = new Target.OfUser(holder("corp", "joe").user());
    private static final Target ANN = new Target.OfUser(holder("corp", "ann").user());
    private static final Order ORDER = new Order("ops", Start.AT_ONCE);
    private static final Tuning STILL = Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10));
    private final Instant end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
    private static final int MANY = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);
    private final String prefix = Backend.newPrefix();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix);
    private final OnLoop ports = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
        get(vertx.close());
    }

    @Test
    void writesMarkAndEntryAndASweepForWhoeverClaimsIt() {
        Entered entered = append(open(url), JOE);

        Stamp stamp = entered.stamp();
        assertThat(entered.joined()).isEmpty();
        assertThat(ports.mark(JOE)).contains(stamp);
        assertThat(redis.call("GET", prefix + ":{log}:last")).isEqualTo(stamp.toString());
        assertThat(get(ports.after(Stamp.NONE)).revocations()).containsExactly(new Revocation(stamp, JOE));
        assertThat(entered.sweep())
                .returns(State.WAITING, SweepStatus::state)
                .returns("ops", SweepStatus::caller)
                .isEqualTo(get(OnLoop.on(ports.context(), () -> ports.ledger().find(stamp)))
                        .orElseThrow());
        until("claimed", () -> claim().filter(entered.sweep()::equals).isPresent());
    }

    @Test
    void raisesTheMarkOfWhatWasIssuedBeforeAnInstantToThatOrTheStamp() {
        Instant hourAgo = Grants.now().minusSeconds(3600);
        Target early = new Target.IssuedBefore(JOE, hourAgo);

        append(open(url), early);
        append(open(url), new Target.IssuedBefore(JOE, hourAgo.minusSeconds(1)));
        assertThat(ports.mark(early)).contains(Mark.at(hourAgo));

        Stamp stamp = append(open(url), new Target.IssuedBefore(JOE, hourAgo.plusSeconds(7200)))
                .stamp();
        assertThat(ports.mark(early)).contains(stamp);
        assertThat(ports.mark(JOE)).isEmpty();
    }

    @Test
    void writesAnEntryAloneForOneToken() {
        Target token = new Target.OneToken(TokenKind.ACCESS, Grants.newId());

        MovingLog log = open(url);

        String text = get(OnLoop.on(context, () -> log.append(token, ORDER, "")));

        assertThat(get(ports.after(Stamp.NONE)).revocations())
                .containsExactly(new Revocation(new Stamp(Long.parseLong(text)), token));
        assertThat(redis.keys(prefix + ":{log}:"))
                .containsExactlyInAnyOrder(prefix + ":{log}:clock", prefix + ":{log}:events");
    }

    @Test
    void writesNothingForAnOrderWhoseTimeIsOver() {
        Order late = new Order(
                "ops",
                Start.AT_ONCE,
                Optional.empty(),
                Optional.of(end),
                Optional.of(Instant.now().minusSeconds(60)));
        MovingLog log = open(url);

        assertThat(problem(OnLoop.on(context, () -> log.append(JOE, late, ""))).text())
                .contains("too late");

        assertThat(redis.keys(prefix + ":{log}:")).containsExactly(prefix + ":{log}:clock");
    }

    @Test
    void beginsAnewWhenAnotherRevocationComesInBetween() {
        Gate gate = Gate.open(vertx, url);
        MovingLog slow = open(gate.url());
        gate.closeAt("xadd");
        Future<String> reply = OnLoop.on(context, () -> slow.append(JOE, ORDER, ""));
        until("held", gate::isHolding);
        Stamp between = get(ports.append(ANN));

        gate.open();

        Stamp stamp = EnteredText.parse(JOE, ORDER, get(reply)).stamp();
        assertThat(get(ports.after(Stamp.NONE)).revocations())
                .containsExactly(new Revocation(between, ANN), new Revocation(stamp, JOE));
        assertThat(ports.mark(JOE)).contains(stamp);
    }

    @Test
    void saysSoWhenOthersComeInBetweenAllTheTime() {
        redis.call("XADD", prefix + ":{log}:events", "9000000000000000-0", "target", "realm/corp");
        MovingLog log = open(url);

        Problem problem = problem(OnLoop.on(context, () -> log.append(JOE, ORDER, "")));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(problem.text()).startsWith("log: overtaken by");
        assertThat(ports.mark(JOE)).isPresent();
    }

    /**
     * An instance that starts then must not conclude that the log has lost something. No sweep may stay in the ledger
     * that no instance resumes.
     */
    @Test
    void leavesNothingThatIsWrongWhenItsInstanceDies() {
        boolean finished = false;
        for (int commands = 0; !finished; commands++) {
            assertThat(commands).as("commands of a revocation").isLessThan(MANY);
            finished = appendWith(commands);

            try (Node started = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
                get(started.revoke(ANN));
                until(
                        "heard",
                        () -> started.heard().stream()
                                .anyMatch(heard -> heard.target().equals(ANN)));
                assertThat(started.counted("revoker.log.went.back"))
                        .as("dead after %d commands", commands)
                        .isZero();
                until(
                        "nothing waits",
                        () -> redis.keys(prefix + ":{log}:leases").isEmpty());
            }
        }
        assertThat(get(OnLoop.on(ports.context(), ports.ledger()::list)))
                .isNotEmpty()
                .allMatch(sweep -> sweep.state() == State.ENDED);
    }

    /** Whoever finds the new mark, or the entry, takes it that the lock is there. */
    @Test
    void writesTheLockBeforeTheMark() {
        Order locking = new Order("ops", Start.AT_ONCE, Optional.empty(), Optional.of(end), Optional.empty());
        List<Target> locked = new ArrayList<>();
        boolean sawMarkAlone = false;
        boolean finished = false;
        for (int commands = 0; !finished; commands++) {
            Target target = new Target.OfUser(holder("corp", "joe-" + commands).user());
            LastCommands way = LastCommands.to(vertx, url);
            MovingLog slow = open(way.url());
            way.allow(commands);
            Future<String> reply = OnLoop.on(context, () -> slow.append(target, locking, ""));
            until("held or finished", () -> way.hasKeptSome() || reply.isComplete());
            finished = !way.hasKeptSome();

            boolean isMarked = ports.mark(target).isPresent();
            boolean isEntered = entered().contains(target);
            sawMarkAlone |= isMarked && !isEntered;
            if (isMarked || isEntered) {
                assertThat(locks()).as("after %d commands", commands).contains(target);
            }

            way.open();
            get(reply);
            locked.add(target);
            assertThat(locks()).containsExactlyInAnyOrderElementsOf(locked);
        }
        assertThat(sawMarkAlone).isTrue();
        assertThat(get(ports.after(Stamp.NONE)).revocations())
                .extracting(Revocation::lockedUntil)
                .containsOnly(Optional.of(end))
                .hasSameSizeAs(locked);
    }

    private List<Target> entered() {
        return get(ports.after(Stamp.NONE)).revocations().stream()
                .map(Revocation::target)
                .toList();
    }

    /** The targets of those that end then. */
    private List<Target> locks() {
        return get(OnLoop.on(ports.context(), () -> ports.marks().locks().all(Stamp.NONE))).orElseThrow().stream()
                .filter(lock -> lock.until().equals(end))
                .map(Lock::target)
                .toList();
    }

    /** An instance that keeps looking for work finds it half written. */
    @Test
    void isClaimedOnlyWhenItIsWhole() {
        boolean finished = false;
        for (int commands = 0; !finished; commands++) {
            LastCommands way = LastCommands.to(vertx, url);
            MovingLog slow = open(way.url());
            way.allow(commands);
            Future<String> reply = OnLoop.on(context, () -> slow.append(JOE, ORDER, ""));
            until("held or finished", () -> way.hasKeptSome() || reply.isComplete());
            finished = !way.hasKeptSome();
            Optional<SweepStatus> early = claim();

            way.open();

            SweepStatus sweep = EnteredText.parse(JOE, ORDER, get(reply)).sweep();
            if (early.isEmpty()) {
                until("claimed", () -> claim().filter(sweep::equals).isPresent());
            }
        }
    }

    /** Whether it needed no more commands. */
    private boolean appendWith(int commands) {
        LastCommands way = LastCommands.to(vertx, url);
        ServerLink link = link(way.url());
        way.allow(commands);
        Future<String> reply = OnLoop.on(context, () -> log(link).append(JOE, ORDER, ""));
        reply.onFailure(dead -> {});
        until("killed or finished", () -> way.hasKeptSome() || reply.isComplete());
        get(OnLoop.on(context, link::close));
        return !way.hasKeptSome();
    }

    private Entered append(MovingLog log, Target target) {
        return EnteredText.parse(target, ORDER, get(OnLoop.on(context, () -> log.append(target, ORDER, ""))));
    }

    private Optional<SweepStatus> claim() {
        return get(OnLoop.on(ports.context(), () -> ports.ledger().claim()));
    }

    private MovingLog open(String url) {
        return log(link(url));
    }

    private ServerLink link(String url) {
        return OnLoop.opened(context, () -> new ServerLink(vertx, STILL.redis(url)));
    }

    private MovingLog log(RedisLink link) {
        LogSettings settings = new LogSettings(
                Tuning.DEFAULT.retention(),
                Tuning.DEFAULT.markRetention(),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                new DurabilitySettings(Fsync.UNKNOWN, 0, Duration.ofMillis(100)),
                Duration.ofDays(1));
        StampRange bounds = new StampRange(() -> Stamp.NONE, STILL.redis(url).clock());
        return new MovingLog(link, new Keys(prefix, 4), settings, bounds);
    }
}
