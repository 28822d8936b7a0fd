package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.testing.Grants;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which revocations are repeated, in which order, and for how long. */
class RepetitionTest {
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);
    private static final int TOGETHER = 64;
    private static final int MOST = 10_000;

    private final Problem notSent = Problem.passing("Redis: not connected");
    private final Problem unanswered = Problem.unanswered("Redis: no answer in time");
    private final Problem unlogged = Problem.unavailable("Redis: out of memory").after(Tally.ONE_INVALIDATED);
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private volatile Instant now = Instant.now();
    private final AtomicLong left = new AtomicLong();
    private final UnloggedTokens tokens = new UnloggedTokens(context, () -> now, left);

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** One that ends as the test says. */
    private static final class Revocation {
        private final SingleAct act;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger lookUps = new AtomicInteger();
        private volatile Optional<Problem> problem;
        private volatile boolean begun;

        Revocation(Problem problem, Instant until) {
            this.problem = Optional.of(problem);
            this.act = new SingleAct(
                    new Target.OneToken(TokenKind.ACCESS, Grants.newId()), until, this::write, this::isBegun);
        }

        void succeedFromNowOn() {
            problem = Optional.empty();
        }

        private Future<Report> write() {
            attempts.incrementAndGet();
            return problem.<Future<Report>>map(Future::failedFuture)
                    .orElseGet(() -> Future.succeededFuture(Report.of(new Stamp(1), Tally.ONE_PREVIOUSLY, List.of())));
        }

        private Future<Boolean> isBegun() {
            lookUps.incrementAndGet();
            return Future.succeededFuture(begun);
        }
    }

    private Revocation carryOut(Problem problem) {
        Revocation revocation = new Revocation(problem, now.plus(Grants.LIFE));
        carryOut(List.of(revocation));
        return revocation;
    }

    /** In one turn: no repetition comes between them. */
    private void carryOut(List<Revocation> revocations) {
        get(OnLoop.on(
                context,
                () -> Future.join(revocations.stream()
                                .map(revocation -> tokens.carryOut(revocation.act))
                                .toList())
                        .otherwiseEmpty()));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** All that is left is tried with another one. */
    private void awaitARound() {
        Revocation other = carryOut(unlogged);
        until("tried", () -> other.attempts.get() > 1);
        other.succeedFromNowOn();
        until("done", () -> left.get() == 0);
    }

    @Test
    void isDoneUntilTheLogHasIt() {
        Revocation dead = carryOut(unlogged);
        until("again and again", () -> dead.attempts.get() > 3);
        assertThat(left).hasValue(1);

        dead.succeedFromNowOn();

        until("done", () -> left.get() == 0);
        int attempts = dead.attempts.get();
        awaitARound();
        assertThat(dead.attempts).hasValue(attempts);
        assertThat(dead.lookUps).hasValue(0);
    }

    @Test
    void isNotNeededAfterThatOfTheCaller() {
        Revocation dead = new Revocation(unlogged, now.plus(Grants.LIFE));
        get(OnLoop.on(
                context,
                () -> tokens.carryOut(dead.act).transform(failed -> {
                    dead.succeedFromNowOn();
                    return tokens.carryOut(dead.act);
                })));

        assertThat(left).hasValue(0);
        awaitARound();
        assertThat(dead.attempts).hasValue(2);
    }

    @Test
    void completesWhatWasBegunAfterTheAnswer() {
        Revocation late = carryOut(unanswered);
        until("looked up", () -> late.lookUps.get() > 1);
        pass(UNDER_WAY.minusSeconds(1));
        int lookUps = late.lookUps.get();
        until("looked up still", () -> late.lookUps.get() > lookUps);
        assertThat(late.attempts).hasValue(1);

        late.succeedFromNowOn();
        late.begun = true;

        until("done", () -> left.get() == 0);
        assertThat(late.attempts).hasValue(2);
    }

    @Test
    void leavesAloneWhatWasNotBegunInTime() {
        Revocation live = carryOut(unanswered);
        until("looked up", () -> live.lookUps.get() > 0);

        pass(UNDER_WAY);

        until("forgotten", () -> left.get() == 0);
        assertIsLeftAlone(live);
    }

    @Test
    void leavesAloneWhatWasNotSent() {
        Revocation live = carryOut(notSent);

        assertThat(left).hasValue(0);
        assertIsLeftAlone(live);
    }

    @Test
    void leavesAloneAStepWithoutAnAnswer() {
        Revocation step = carryOutInOneStep(unanswered);
        step.begun = true;

        assertThat(left).hasValue(0);
        awaitARound();
        assertThat(step.attempts).hasValue(0);
        assertThat(step.lookUps).hasValue(0);
    }

    @Test
    void logsWhatAStepHasOnlyInvalidated() {
        Revocation step = carryOutInOneStep(unlogged);
        assertThat(left).hasValue(1);

        step.succeedFromNowOn();

        until("done", () -> left.get() == 0);
        assertThat(step.attempts).hasValueGreaterThanOrEqualTo(1);
    }

    private Revocation carryOutInOneStep(Problem problem) {
        Revocation revocation = new Revocation(problem, now.plus(Grants.LIFE));
        get(OnLoop.on(
                context,
                () -> tokens.carryOut(revocation.act, Future.failedFuture(problem))
                        .otherwiseEmpty()));
        return revocation;
    }

    private void assertIsLeftAlone(Revocation live) {
        live.succeedFromNowOn();
        live.begun = true;
        awaitARound();
        assertThat(live.attempts).hasValue(1);
    }

    @Test
    void endsWithTheToken() {
        Revocation dead = carryOut(unlogged);
        pass(Grants.LIFE);

        until("forgotten", () -> left.get() == 0);
        dead.succeedFromNowOn();
        int attempts = dead.attempts.get();
        awaitARound();
        assertThat(dead.attempts).hasValue(attempts);
    }

    @Test
    void isNotHeldUpByOthersThatFailEachTime() {
        carryOut(Stream.generate(() -> new Revocation(unlogged, Instant.MAX))
                .limit(2 * TOGETHER)
                .toList());
        Revocation last = carryOut(unlogged);
        last.succeedFromNowOn();

        until("done", () -> left.get() == 2 * TOGETHER);
    }

    @Test
    void isForTenThousandTokensAndSaysSoInOneLine() {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            carryOut(Stream.generate(() -> new Revocation(unlogged, Instant.MAX))
                    .limit(MOST + 2)
                    .toList());

            assertThat(left).hasValue(MOST);
            assertThat(log.lines().stream().filter(line -> line.contains(UnloggedTokens.class.getName())))
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("WARN").contains("failure=Redis: out of memory"),
                            full -> assertThat(full).startsWith("ERROR").contains("left=" + MOST));
        }
    }
}
