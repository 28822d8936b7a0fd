package io.revoker.caller;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.revoker.domain.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The work of every verification waits for a gate, so that the test decides what runs at the same time. */
class VerificationsTest {
    static final CallerSettings BOUNDS = new CallerSettings(10, Duration.ofSeconds(60), 2, 2);

    private static final Vertx VERTX = Vertx.vertx();
    private static final Optional<Caller> RIGHT = Optional.of(Caller.ANONYMOUS);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final Verifications verifications = verifications(10);

    @AfterEach
    void open() {
        gate.countDown();
    }

    @AfterAll
    static void stop() {
        get(VERTX.close());
    }

    @Test
    void runsOneVerificationForAllThatAskAtTheSameTime() {
        List<Future<Optional<Caller>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(verifications.verify("joe", "a", gated(RIGHT)));
        }
        gate.countDown();

        for (Future<Optional<Caller>> answer : answers) {
            assertThat(get(answer)).isEqualTo(RIGHT);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void runsOneVerificationHoweverManyThreadsAskWhileItEnds() {
        gate.countDown();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(this::askOften, task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> thread : threads) {
            get(Future.fromCompletionStage(thread));
        }

        assertThat(get(verifications.verify("joe", "a", gated(RIGHT)))).isEqualTo(RIGHT);
        assertThat(runs).hasValue(1);
    }

    private void askOften() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(verifications.verify("joe", "a", gated(RIGHT)).failed()).isFalse();
        }
    }

    @Test
    void sharesARejectionToo() {
        Future<Optional<Caller>> first = verifications.verify("joe", "a", gated(Optional.empty()));
        Future<Optional<Caller>> second = verifications.verify("joe", "a", gated(Optional.empty()));
        gate.countDown();

        assertThat(get(first)).isEmpty();
        assertThat(get(second)).isEmpty();
        assertThat(runs).hasValue(1);
    }

    @Test
    void answersOverloadedIfTooManyWaitForAClient() {
        List<Future<Optional<Caller>>> guesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            guesses.add(verifications.verify("joe", "guess-" + i, gated(Optional.empty())));
        }

        Problem refused = problem(verifications.verify("joe", "right", gated(RIGHT)));

        assertThat(refused.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(refused.text()).isEqualTo("credentials: 2 verifications wait for this client (expected: fewer)");
        gate.countDown();
        assertThat(get(Future.all(guesses)).succeeded()).isTrue();
        assertThat(get(verifications.verify("joe", "right", gated(RIGHT)))).isEqualTo(RIGHT);
        assertThat(runs).hasValue(4);
    }

    /**
     * Whatever the number of guesses and their clients: one guess of each client runs, and the others take turns. One
     * verification runs at a time here: of two, the worker thread of the first may begin after that of the second.
     */
    @Test
    void keepsNoClientOutForGuessesAtOthers() {
        Verifications oneByOne =
                new Verifications(VERTX, new CallerSettings(10, Duration.ofSeconds(60), 1, 2), Ticker.disabledTicker());
        List<Future<Optional<Caller>>> guesses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            for (String client : List.of("joe", "tim", Verifications.NO_CLIENT)) {
                guesses.add(oneByOne.verify(client, client + i, gated(Optional.empty())));
            }
        }
        AtomicInteger before = new AtomicInteger();
        Future<Optional<Caller>> right = oneByOne.verify("ann", "right", () -> {
            before.set(runs.get());
            return RIGHT;
        });
        gate.countDown();

        assertThat(get(right)).isEqualTo(RIGHT);
        assertThat(get(Future.all(guesses)).succeeded()).isTrue();
        assertThat(before).as("what ran, and one of each other client").hasValue(1 + 3);
        assertThat(runs).hasValue(6);
    }

    /** Only the client has its secret, so no other caller can get ahead of it. */
    @Test
    void letsWhatWasRightOnceGoBeforeGuesses() {
        CountDownLatch open = new CountDownLatch(0);
        Verifications forgetful =
                new Verifications(VERTX, new CallerSettings(10, Duration.ZERO, 2, 2), Ticker.disabledTicker());
        get(forgetful.verify("joe", "right", () -> run(open, RIGHT)));
        List<Future<Optional<Caller>>> guesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            guesses.add(forgetful.verify("joe", "guess-" + i, gated(Optional.empty())));
        }
        assertThat(problem(forgetful.verify("joe", "guess-4", gated(RIGHT))).kind())
                .isEqualTo(Problem.Kind.OVERLOADED);
        AtomicInteger before = new AtomicInteger();
        Future<Optional<Caller>> right = forgetful.verify("joe", "right", () -> {
            before.set(runs.get());
            return RIGHT;
        });
        gate.countDown();

        assertThat(get(right)).isEqualTo(RIGHT);
        assertThat(get(Future.all(guesses)).succeeded()).isTrue();
        assertThat(before).hasValue(2);
        assertThat(runs).hasValue(4);
    }

    @Test
    void answersFromTheCacheEvenWhereNothingMoreMayRun() {
        CountDownLatch open = new CountDownLatch(0);
        get(verifications.verify("joe", "known", () -> run(open, RIGHT)));
        Future<Optional<Caller>> first = verifications.verify("joe", "a", gated(RIGHT));
        Future<Optional<Caller>> second = verifications.verify("ann", "b", gated(RIGHT));

        assertThat(get(verifications.verify("joe", "known", gated(Optional.empty()))))
                .isEqualTo(RIGHT);
        gate.countDown();
        assertThat(get(Future.all(first, second)).succeeded()).isTrue();
    }

    @Test
    void survivesAVerificationThatBreaks() {
        Future<Optional<Caller>> broken = verifications.verify("joe", "a", () -> {
            throw new IllegalStateException("hunter2");
        });

        assertThat(problem(broken).kind()).isEqualTo(Problem.Kind.INTERNAL);
        assertThat(problem(broken).text()).contains("IllegalStateException").doesNotContain("hunter2");
        gate.countDown();
        assertThat(get(verifications.verify("joe", "a", gated(RIGHT)))).isEqualTo(RIGHT);
    }

    @Test
    void worksOnAWorkerAndAnswersEachCallOnItsOwnContext() {
        CompletableFuture<Boolean> onWorker = new CompletableFuture<>();
        Callable<Optional<Caller>> work = () -> {
            onWorker.complete(Context.isOnWorkerThread() && !Context.isOnEventLoopThread());
            return run(gate, RIGHT);
        };
        Context first = context();
        Context second = context();
        Future<Context> answeredFirst = verifyOn(first, work);
        Future<Context> answeredSecond = verifyOn(second, work);
        gate.countDown();

        assertThat(get(answeredFirst)).isSameAs(first);
        assertThat(get(answeredSecond)).isSameAs(second).isNotSameAs(first);
        assertThat(get(Future.fromCompletionStage(onWorker))).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void remembersNoMoreThanItsSize() {
        gate.countDown();
        Verifications small = verifications(2);
        for (String fingerprint : List.of("a", "b", "c")) {
            get(small.verify("joe", fingerprint, gated(RIGHT)));
        }
        for (String fingerprint : List.of("a", "b", "c")) {
            get(small.verify("joe", fingerprint, gated(RIGHT)));
        }

        assertThat(runs).hasValueGreaterThanOrEqualTo(4);
    }

    @Test
    void remembersNothingWithASizeOfZero() {
        gate.countDown();
        Verifications none = verifications(0);

        get(none.verify("joe", "a", gated(RIGHT)));
        get(none.verify("joe", "a", gated(RIGHT)));

        assertThat(runs).hasValue(2);
    }

    private static Verifications verifications(int cached) {
        return new Verifications(
                VERTX, new CallerSettings(cached, Duration.ofSeconds(60), 2, 2), Ticker.disabledTicker());
    }

    /** Where the answer of a verification that this context asked for arrives; returns once it was asked for. */
    private Future<Context> verifyOn(Context context, Callable<Optional<Caller>> work) {
        CompletableFuture<Future<Context>> asked = new CompletableFuture<>();
        context.runOnContext(ignored ->
                asked.complete(verifications.verify("joe", "a", work).map(answer -> Vertx.currentContext())));
        return get(Future.fromCompletionStage(asked));
    }

    /** Every call from a thread of its own gets an event loop of its own. */
    private static Context context() {
        return get(Future.fromCompletionStage(
                CompletableFuture.supplyAsync(VERTX::getOrCreateContext, task -> new Thread(task).start())));
    }

    private Callable<Optional<Caller>> gated(Optional<Caller> outcome) {
        return () -> run(gate, outcome);
    }

    private Optional<Caller> run(CountDownLatch entry, Optional<Caller> outcome) {
        runs.incrementAndGet();
        until("the gate is open", () -> entry.getCount() == 0);
        return outcome;
    }
}
