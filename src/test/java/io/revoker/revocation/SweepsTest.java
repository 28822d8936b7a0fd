package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps that outlast their callers, their instances, and each other. */
class SweepsTest {
    private static final int USERS = 3000;
    private static final Target REALM = new Target.OfRealm(new RealmId("corp"));
    private static final int SLOW = 1500;
    private static final int OTHERS = 10;

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);
    private final AtomicInteger roomOfFast = new AtomicInteger(100);
    private final Node fast = Node.onRedis(
            Tuning.OWN_HASHES,
            url,
            prefix,
            1,
            () -> new SweepSettings(50, 3, 3, roomOfFast.get(), 0, Duration.ofSeconds(18), Duration.ofMillis(500)));

    @AfterEach
    void close() {
        fast.close();
        redis.close();
    }

    @Test
    void answersAtOnceAndTellsTheEndLater() {
        List<Grant> grants = register();

        Report begun = get(revokeLater(fast));

        assertThat(begun.outcome()).isEqualTo(Report.Outcome.BEGUN);
        until("heard", () -> hasHeard(fast, begun.stamp()));
        assertThat(get(fast.check(accessId(grants.get(USERS - 1))))).isEqualTo(Verdict.INVALIDATED);
        SweepStatus ended = awaitEnd(begun.stamp());
        assertThat(ended.state()).isEqualTo(State.ENDED);
        assertThat(ended.progress()).isEqualTo(new SweepStatus.Progress(USERS, USERS, new Tally(USERS, 0), 0));
        assertThat(ended.target()).isEqualTo(REALM);
        until("totals gone", () -> redis.keys(prefix + ":s:").isEmpty());
    }

    @Test
    void tellsOfASweepToOthersAlthoughItsCallerHasWaitedForIt() {
        register();

        get(fast.bus().revoke(new Revoke(REALM, RealmScope.ALL, Revoke.Until.SWEPT, Optional.of("ops"))));

        assertThat(sweeps(fast))
                .singleElement()
                .satisfies(sweep -> assertThat(sweep)
                        .returns(State.ENDED, SweepStatus::state)
                        .returns("ops", SweepStatus::caller)
                        .returns(
                                new Tally(USERS, 0), status -> status.progress().tally()));
        until("forgotten", () -> redis.keys(prefix + ":s:").isEmpty());
    }

    @Test
    void goesOnWhenItsCallerHasStoppedWaiting() {
        register();
        try (Node impatient = node(limits(SLOW, Duration.ofMillis(200)))) {
            Problem problem = problem(impatient.revoke(REALM));

            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNCOUNTED);
            assertThat(problem.text()).startsWith("the tokens are dead").contains("still running");
            Stamp sweep = sweeps(fast).get(0).sweep();
            assertThat(problem.text()).contains("/v1/sweeps/" + sweep);
            assertThat(awaitEnd(sweep).progress().tally()).isEqualTo(new Tally(USERS, 0));
        }
    }

    @Test
    void isBoundedByTheRateLimit() {
        register();
        long begun = System.nanoTime();
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)))) {
            assertThat(get(slow.revoke(REALM)).tally()).isEqualTo(new Tally(USERS, 0));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 2"})
    void keepsFewCallsUnderWayBesideChecks(int checks, int calls) {
        List<Grant> grants = register();
        Gate gate = Gate.open(fast.vertx(), url);
        try (Node gated = Node.onRedis(
                Tuning.OWN_HASHES,
                gate.url(),
                prefix,
                1,
                new SweepSettings(2, 16, 2, 100, 0, Duration.ofSeconds(18), Duration.ofMillis(500)))) {
            grants.stream().limit(checks).forEach(grant -> get(gated.check(accessId(grant))));
            gate.closeAt(prefix + ":s:{");

            Future<Report> answer = gated.revoke(REALM);
            until("the first calls are out", gate::isHolding);
            assertThat(gated.gauge("revoker.sweep.batches.in.flight")).isEqualTo(calls);

            gate.open();
            assertThat(get(answer).tally()).isEqualTo(new Tally(USERS, 0));
        }
    }

    @Test
    void isStoppedOnDemandAndLeavesTheMark() {
        List<Grant> grants = register();
        try (Node slow = node(limits(100, Duration.ofSeconds(18)))) {
            Stamp sweep = get(revokeLater(slow)).stamp();

            assertThat(stop(sweep)).as("it runs on the other one").isEqualTo(State.STOPPING);
            until("counted", () -> find(fast, sweep).state() == State.STOPPED);
            until("heard", () -> hasHeard(fast, sweep));
            assertThat(grants)
                    .allSatisfy(grant ->
                            assertThat(get(fast.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED));
            assertThat(stop(sweep)).as("again").isEqualTo(State.STOPPED);
        }
    }

    @Test
    void isStoppedInTheEndThoughItsInstanceHasDied() {
        Backend.Opened dead = Backend.open(Tuning.OWN_HASHES, url, prefix);
        Stamp sweep =
                get(dead.ports().enter(REALM, new Order("ops", Start.AT_ONCE))).stamp();
        dead.close().run();

        assertThat(stop(sweep)).isEqualTo(State.STOPPING);

        until("nothing is in flight any more", () -> find(fast, sweep).state() == State.STOPPED);
    }

    private static boolean hasHeard(Node node, Stamp revocation) {
        return node.heard().stream().anyMatch(heard -> heard.stamp().equals(revocation));
    }

    private State stop(Stamp sweep) {
        return get(fast.bus().stopSweep(new StopSweep(sweep, RealmScope.ALL)))
                .sweeps()
                .get(0)
                .state();
    }

    @Test
    void countsEveryTokenOnceAlthoughASweepIsStopped() {
        register();
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)))) {
            Stamp sweep = get(revokeLater(slow)).stamp();
            until("under way", () -> find(fast, sweep).progress().holders() > 0);
            get(fast.bus().stopSweep(new StopSweep(sweep, RealmScope.ALL)));

            Tally rest = get(fast.revoke(REALM)).tally();

            until(
                    "counts reported",
                    () -> find(fast, sweep).progress().tally().plus(rest).equals(new Tally(USERS, 0)));
        }
    }

    @Test
    void failsTheCallerOfASweepThatIsStopped() {
        register();
        try (Node slow = node(limits(100, Duration.ofSeconds(18)))) {
            Future<Report> waiting = slow.revoke(REALM);
            until("begun", () -> !sweeps(fast).isEmpty());

            get(fast.bus().stopSweep(new StopSweep(sweeps(fast).get(0).sweep(), RealmScope.ALL)));

            assertThat(problem(waiting).text()).contains("stopped");
        }
    }

    @Test
    void isTakenOverWhenItsNodeStops() {
        register();
        Node slow = node(limits(100, Duration.ofSeconds(18)));
        Stamp sweep = get(revokeLater(slow)).stamp();
        slow.close();

        assertThat(awaitEnd(sweep).progress().tally()).isEqualTo(new Tally(USERS, 0));
    }

    @Test
    void countsEveryTokenOnceAlthoughSweepsOverlap() {
        register();
        Target user = new Target.OfUser(holder("corp", "user7").user());
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)))) {
            Future<Report> realm = slow.revoke(REALM);
            Future<Report> one = fast.revoke(user);

            long counted = List.of(realm, one).stream()
                    .mapToLong(report -> get(report).tally().invalidated())
                    .sum();
            assertThat(counted).isEqualTo(USERS);
        }
    }

    @Test
    void tellsARepetitionTheCountsOfTheSweepThatItJoins() {
        register();
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)))) {
            Future<Report> first = slow.revoke(REALM);
            until("begun", () -> !sweeps(fast).isEmpty());
            get(fast.register(Grants.access(holder("corp", "late"))));

            Report here = get(slow.revoke(REALM));
            Report elsewhere = get(fast.revoke(REALM));

            Stamp joined = get(first).stamp();
            assertThat(get(first).tally()).isEqualTo(new Tally(USERS, 0));
            assertThat(here.tally()).isEqualTo(new Tally(USERS + 1, 0));
            assertThat(here.joined()).containsExactly(joined);
            assertThat(elsewhere.tally()).isEqualTo(Tally.NONE);
        }
    }

    @Test
    void tellsARepetitionOnAnotherInstanceTheCountsOfTheSweepThatItJoins() {
        register();
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)))) {
            Future<Report> first = slow.revoke(REALM);
            until("begun", () -> !sweeps(fast).isEmpty());
            Future<Report> second = fast.revoke(REALM);
            Future<Report> third = fast.revoke(REALM);

            assertThat(get(second).tally()).isEqualTo(new Tally(USERS, 0));
            assertThat(get(third).tally()).isEqualTo(new Tally(USERS, 0));
            assertThat(get(third).joined()).containsExactly(get(first).stamp());
            assertThat(sweeps(fast))
                    .extracting(SweepStatus::state)
                    .containsExactly(State.ENDED, State.JOINED, State.ENDED);
            assertThat(get(fast.revoke(REALM)).joined())
                    .as("counts returned once")
                    .isEmpty();
        }
    }

    /** It wrote the mark and died, with the connection of its caller. */
    @Test
    void tellsTheNextOneTheCountsOfASweepWhoseInstanceDied() {
        Grant grant = Grants.pair(holder("corp", "joe"));
        get(fast.register(grant));
        Backend.Opened dead = Backend.open(Tuning.OWN_HASHES, url, prefix);
        Stamp sweep = get(dead.ports().enter(user(grant), new Order("ops", Start.AT_ONCE)))
                .sweep()
                .sweep();
        dead.close().run();
        awaitEnd(sweep);

        Report next = get(fast.revoke(user(grant)));

        assertThat(next.joined()).containsExactly(sweep);
        assertThat(next.tally()).isEqualTo(new Tally(2, 0));
        assertThat(get(fast.revoke(user(grant))).tally())
                .as("counts returned once")
                .isEqualTo(Tally.NONE);
    }

    /** Its caller waits here, and finds its counts in the ledger. */
    @Test
    void tellsOnceWhatAnotherInstanceEnded() {
        register();
        Grant grant = Grants.pair(holder("lab", "joe"));
        get(fast.register(grant));
        try (Node full = node(new SweepSettings(10, 3, 3, 1, 100, Duration.ofSeconds(18), Duration.ofMillis(500)))) {
            get(revokeLater(full));

            assertThat(get(full.revoke(user(grant))).tally()).isEqualTo(new Tally(2, 0));

            assertThat(get(fast.revoke(user(grant))).joined())
                    .as("counts returned once")
                    .isEmpty();
        }
    }

    /** As clients do that repeat what was answered 503. */
    @Test
    void tellsTheCountsInTheEndToWhoeverRepeatsForLongEnough() {
        register();
        try (Node impatient = node(limits(SLOW, Duration.ofMillis(500)))) {
            assertThat(problem(impatient.revoke(REALM)).text()).startsWith("the tokens are dead");

            List<Report> answers = new ArrayList<>();
            until(
                    "counted",
                    () -> get(impatient.revoke(REALM).map(Optional::of).otherwise(Optional.empty()))
                            .filter(answers::add)
                            .isPresent());

            assertThat(answers).singleElement().satisfies(report -> {
                assertThat(report.tally()).isEqualTo(new Tally(USERS, 0));
                assertThat(report.joined()).isNotEmpty();
            });
        }
    }

    @Test
    void tellsTheNextOneWhatEndedAfterItsCallerHadStoppedWaiting() {
        register();
        try (Node impatient = node(limits(SLOW, Duration.ofMillis(500)))) {
            problem(impatient.revoke(REALM));
            Stamp unheard = sweeps(fast).get(0).sweep();
            awaitEnd(unheard);

            Report next = get(fast.revoke(REALM));

            assertThat(next.joined()).containsExactly(unheard);
            assertThat(next.tally()).isEqualTo(new Tally(USERS, 0));
            assertThat(get(fast.revoke(REALM)).tally())
                    .as("counts returned once")
                    .isEqualTo(Tally.NONE);
        }
    }

    /** It waited for sweeps that another instance ran. */
    @Test
    void tellsTheNextOneWhatEndedElsewhereAfterItsCallerHadStoppedWaiting() {
        register();
        try (Node slow = node(limits(SLOW, Duration.ofSeconds(18)));
                Node impatient = node(limits(0, Duration.ofMillis(500)))) {
            Future<Report> first = slow.revoke(REALM);
            until("begun", () -> !sweeps(fast).isEmpty());
            get(fast.register(Grants.access(holder("corp", "late"))));
            problem(impatient.revoke(REALM));
            Stamp unheard = sweeps(fast).get(1).sweep();
            get(first);
            until("ended", () -> find(fast, unheard).state() == State.ENDED);

            Report next = get(fast.revoke(REALM));

            assertThat(next.tally()).isEqualTo(new Tally(USERS + 1, 0));
            assertThat(next.joined()).containsExactly(get(first).stamp(), unheard);
            assertThat(get(fast.revoke(REALM)).tally())
                    .as("counts returned once")
                    .isEqualTo(Tally.NONE);
        }
    }

    @Test
    void marksAtOnceWhatItHasNoRoomToSweepAndCountsItInItsTurn() {
        register();
        List<Grant> others = registerOthers();
        fastTakesNoSweeps();
        AtomicInteger perSecond = new AtomicInteger(1);
        try (Node narrow = Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1, () -> narrow(perSecond.get()))) {
            Future<Report> held = narrow.revoke(REALM);
            until("begun", () -> sweeps(fast).size() == 1);

            List<Future<Report>> waiting =
                    others.stream().map(other -> narrow.revoke(user(other))).toList();

            until("marked", () -> sweeps(fast).size() == 1 + OTHERS);
            until("heard", () -> hasHeard(fast, sweeps(fast).get(OTHERS).sweep()));
            assertThat(others)
                    .allSatisfy(other ->
                            assertThat(get(fast.check(accessId(other)))).isEqualTo(Verdict.INVALIDATED));
            assertThat(waiting).noneMatch(Future::isComplete);
            perSecond.set(0);
            assertThat(waiting).allSatisfy(one -> assertThat(get(one).tally()).isEqualTo(Tally.ONE_INVALIDATED));
            assertThat(get(held).tally()).isEqualTo(new Tally(USERS, 0));
        }
    }

    @Test
    void leavesWhatWaitsForRoomToOthersWhenItsNodeStops() {
        register();
        List<Grant> others = registerOthers();
        try (Node narrow = node(narrow(SLOW))) {
            get(revokeLater(narrow));
            others.forEach(
                    other -> get(narrow.bus().revoke(new Revoke(user(other), RealmScope.ALL, Revoke.Until.MARKED))));
        }

        until("ended", () -> sweeps(fast).stream().allMatch(sweep -> sweep.state() == State.ENDED));
        assertThat(sweeps(fast))
                .hasSize(1 + OTHERS)
                .extracting(sweep -> sweep.progress().tally().invalidated())
                .containsOnly((long) USERS, 1L);
    }

    /** Its answer comes behind that of any claim. */
    private void fastTakesNoSweeps() {
        roomOfFast.set(0);
        assertThat(sweeps(fast)).isEmpty();
    }

    private List<Grant> registerOthers() {
        List<Grant> others = IntStream.range(0, OTHERS)
                .mapToObj(i -> Grants.access(holder("lab", "other" + i)))
                .toList();
        get(Future.all(others.stream().map(fast::register).toList()));
        return others;
    }

    private static Target user(Grant grant) {
        return new Target.OfUser(grant.holder().user());
    }

    private static SweepSettings narrow(int perSecond) {
        return new SweepSettings(10, 3, 3, 1, perSecond, Duration.ofSeconds(18), Duration.ofMillis(500));
    }

    @Test
    void showsAndStopsOnlySweepsInTheRealmsOfTheCaller() {
        register();
        Stamp sweep = get(revokeLater(fast)).stamp();
        RealmScope other = RealmScope.only(Set.of(new RealmId("lab")));

        assertThat(get(fast.bus().findSweeps(new FindSweeps(Optional.of(sweep), other)))
                        .sweeps())
                .isEmpty();
        assertThat(get(fast.bus().stopSweep(new StopSweep(sweep, other))).sweeps())
                .isEmpty();
        assertThat(awaitEnd(sweep).state()).isEqualTo(State.ENDED);
    }

    private List<Grant> register() {
        List<Grant> grants = IntStream.range(0, USERS)
                .mapToObj(i -> Grants.access(holder("corp", "user" + i)))
                .toList();
        for (int from = 0; from < USERS; from += 500) {
            get(Future.all(grants.subList(from, from + 500).stream()
                    .map(fast::register)
                    .toList()));
        }
        return grants;
    }

    private static Future<Report> revokeLater(Node node) {
        return node.bus().revoke(new Revoke(REALM, RealmScope.ALL, Revoke.Until.MARKED));
    }

    private SweepStatus awaitEnd(Stamp sweep) {
        until("ended", () -> find(fast, sweep).state() != State.RUNNING);
        return find(fast, sweep);
    }

    private static SweepStatus find(Node node, Stamp sweep) {
        return get(node.bus().findSweeps(new FindSweeps(Optional.of(sweep), RealmScope.ALL)))
                .sweeps()
                .get(0);
    }

    private static List<SweepStatus> sweeps(Node node) {
        return get(node.bus().findSweeps(new FindSweeps(Optional.empty(), RealmScope.ALL)))
                .sweeps();
    }

    private static SweepSettings limits(int perSecond, Duration patience) {
        return new SweepSettings(10, 3, 3, 100, perSecond, patience, Duration.ofMillis(500));
    }

    private Node node(SweepSettings limits) {
        return Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1, limits);
    }
}
