package io.revoker.caller;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The work of every verification waits for a gate, so that the test decides what runs at the same time. */
class VerificationsTest {
    static final CallerBounds BOUNDS = new CallerBounds(10, Duration.ofSeconds(60), 2, 2);

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
    static void stop() throws Exception {
        await(VERTX.close());
    }

    @Test
    void runsOneVerificationForAllThatAskAtTheSameTime() throws Exception {
        List<Future<Optional<Caller>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(verifications.verify("joe", "a", gated(RIGHT)));
        }
        gate.countDown();

        for (Future<Optional<Caller>> answer : answers) {
            assertThat(await(answer)).isEqualTo(RIGHT);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void runsOneVerificationHoweverManyThreadsAskWhileItEnds() throws Exception {
        gate.countDown();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(this::askOften, task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get(10, TimeUnit.SECONDS);
        }

        assertThat(await(verifications.verify("joe", "a", gated(RIGHT)))).isEqualTo(RIGHT);
        assertThat(runs).hasValue(1);
    }

    private void askOften() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(verifications.verify("joe", "a", gated(RIGHT)).failed()).isFalse();
        }
    }

    @Test
    void sharesARejectionToo() throws Exception {
        Future<Optional<Caller>> first = verifications.verify("joe", "a", gated(Optional.empty()));
        Future<Optional<Caller>> second = verifications.verify("joe", "a", gated(Optional.empty()));
        gate.countDown();

        assertThat(await(first)).isEmpty();
        assertThat(await(second)).isEmpty();
        assertThat(runs).hasValue(1);
    }

    @Test
    void answersOverloadedIfTooManyWaitForAClient() throws Exception {
        List<Future<Optional<Caller>>> guesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            guesses.add(verifications.verify("joe", "guess-" + i, gated(Optional.empty())));
        }

        Problem refused = problem(verifications.verify("joe", "right", gated(RIGHT)));

        assertThat(refused.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(refused.text()).isEqualTo("credentials: 2 verifications wait for this client (expected: fewer)");
        gate.countDown();
        assertThat(await(Future.all(guesses)).succeeded()).isTrue();
        assertThat(await(verifications.verify("joe", "right", gated(RIGHT)))).isEqualTo(RIGHT);
        assertThat(runs).hasValue(4);
    }

    /** However many there are, and of whomever: one of each runs, and the others go by turns. */
    @Test
    void keepsNoClientOutForGuessesAtOthers() throws Exception {
        CountDownLatch guess = new CountDownLatch(1);
        List<Future<Optional<Caller>>> guesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (String client : List.of("joe", "tim", Verifications.NOBODY)) {
                guesses.add(verifications.verify(client, client + i, () -> run(guess, Optional.empty())));
            }
        }
        AtomicInteger before = new AtomicInteger();
        Future<Optional<Caller>> right = verifications.verify("ann", "right", () -> {
            before.set(runs.get());
            return RIGHT;
        });
        guess.countDown();

        assertThat(await(right)).isEqualTo(RIGHT);
        assertThat(await(Future.join(guesses).otherwiseEmpty())).isNull();
        assertThat(before.get()).isLessThanOrEqualTo(5);
    }

    /** Nobody else has its secret, so nobody can be in front of it. */
    @Test
    void letsWhatWasRightOnceGoBeforeGuesses() throws Exception {
        CountDownLatch open = new CountDownLatch(0);
        Verifications forgetful =
                new Verifications(VERTX, new CallerBounds(10, Duration.ZERO, 2, 2), Ticker.disabledTicker());
        await(forgetful.verify("joe", "right", () -> run(open, RIGHT)));
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

        assertThat(await(right)).isEqualTo(RIGHT);
        assertThat(await(Future.all(guesses)).succeeded()).isTrue();
        assertThat(before).hasValue(2);
        assertThat(runs).hasValue(4);
    }

    @Test
    void answersFromTheCacheEvenWhereNothingMoreMayRun() throws Exception {
        CountDownLatch open = new CountDownLatch(0);
        await(verifications.verify("joe", "known", () -> run(open, RIGHT)));
        Future<Optional<Caller>> first = verifications.verify("joe", "a", gated(RIGHT));
        Future<Optional<Caller>> second = verifications.verify("ann", "b", gated(RIGHT));

        assertThat(await(verifications.verify("joe", "known", gated(Optional.empty()))))
                .isEqualTo(RIGHT);
        gate.countDown();
        assertThat(await(Future.all(first, second)).succeeded()).isTrue();
    }

    @Test
    void survivesAVerificationThatBreaks() throws Exception {
        Future<Optional<Caller>> broken = verifications.verify("joe", "a", () -> {
            throw new IllegalStateException("hunter2");
        });

        assertThat(problem(broken).kind()).isEqualTo(Problem.Kind.INTERNAL);
        assertThat(problem(broken).text()).contains("IllegalStateException").doesNotContain("hunter2");
        gate.countDown();
        assertThat(await(verifications.verify("joe", "a", gated(RIGHT)))).isEqualTo(RIGHT);
    }

    @Test
    void worksOnAWorkerAndAnswersEachCallOnItsOwnContext() throws Exception {
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

        assertThat(await(answeredFirst)).isSameAs(first);
        assertThat(await(answeredSecond)).isSameAs(second).isNotSameAs(first);
        assertThat(onWorker.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void remembersNoMoreThanItsSize() throws Exception {
        gate.countDown();
        Verifications small = verifications(2);
        for (String fingerprint : List.of("a", "b", "c")) {
            await(small.verify("joe", fingerprint, gated(RIGHT)));
        }
        for (String fingerprint : List.of("a", "b", "c")) {
            await(small.verify("joe", fingerprint, gated(RIGHT)));
        }

        assertThat(runs).hasValueGreaterThanOrEqualTo(4);
    }

    @Test
    void remembersNothingWithASizeOfZero() throws Exception {
        gate.countDown();
        Verifications none = verifications(0);

        await(none.verify("joe", "a", gated(RIGHT)));
        await(none.verify("joe", "a", gated(RIGHT)));

        assertThat(runs).hasValue(2);
    }

    private static Verifications verifications(int cached) {
        return new Verifications(
                VERTX, new CallerBounds(cached, Duration.ofSeconds(60), 2, 2), Ticker.disabledTicker());
    }

    /** Where the answer of a verification that this context asked for arrives; returns once it was asked for. */
    private Future<Context> verifyOn(Context context, Callable<Optional<Caller>> work) throws Exception {
        CompletableFuture<Future<Context>> asked = new CompletableFuture<>();
        context.runOnContext(ignored ->
                asked.complete(verifications.verify("joe", "a", work).map(answer -> Vertx.currentContext())));
        return asked.get(10, TimeUnit.SECONDS);
    }

    /** Every call from a thread of its own gets an event loop of its own. */
    private static Context context() throws Exception {
        return CompletableFuture.supplyAsync(VERTX::getOrCreateContext, task -> new Thread(task).start())
                .get(10, TimeUnit.SECONDS);
    }

    private Callable<Optional<Caller>> gated(Optional<Caller> outcome) {
        return () -> run(gate, outcome);
    }

    private Optional<Caller> run(CountDownLatch until, Optional<Caller> outcome) throws InterruptedException {
        runs.incrementAndGet();
        assertThat(until.await(10, TimeUnit.SECONDS)).isTrue();
        return outcome;
    }

    private static Problem problem(Future<?> failed) throws Exception {
        return (Problem) failed.toCompletionStage()
                .handle((value, failure) -> failure)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
