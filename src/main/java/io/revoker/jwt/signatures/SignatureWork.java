package io.revoker.jwt.signatures;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.jwt.keys.Key;
import io.revoker.jwt.keys.Pace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Verifies signatures, a few quick ones in each turn of an event loop by itself, until one is false: the way to
 * another thread and back takes as long. All others beside the event loops: one of ES256 takes the JDK up to a
 * millisecond, a batch of those of RSA as long, and anyone can send false ones. Half of the processors at most work on
 * those of checks, and only so many wait. Revocations, which strangers can't send, have a thread and places of their
 * own.
 *
 * <p>What one turn of an event loop asks for is handed over together.
 */
public final class SignatureWork {
    /** As many as some full batches have. */
    private static final int MOST_CHECKS = 2048;

    private static final int MOST_REVOCATIONS = 256;
    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** So few that the answer to the first waits for little, and that other threads get some. */
    private static final int TOGETHER = 8;

    private final Vertx vertx;
    private final Lane checks;
    private final Lane revocations;
    private final TurnBudget turns;

    public SignatureWork(Vertx vertx) {
        this.vertx = vertx;
        this.turns = new TurnBudget(vertx);
        this.checks = new Lane(vertx.createSharedWorkerExecutor("revoker-jwt", WORKERS), MOST_CHECKS);
        this.revocations = new Lane(vertx.createSharedWorkerExecutor("revoker-jwt-revocations", 1), MOST_REVOCATIONS);
    }

    /**
     * Whether a signature holds that is verified with these keys, at once if that is quick enough. Fails with a
     * {@link Problem} of kind OVERLOADED if too much waits.
     */
    public Future<Boolean> verify(Purpose purpose, List<Key> keys, Supplier<Boolean> work) {
        boolean quick = keys.stream().allMatch(key -> key.pace() == Pace.QUICK);
        return quick && turns.admits(keys.size())
                ? Future.succeededFuture(work).map(this::verifyHere)
                : run(purpose, work);
    }

    private boolean verifyHere(Supplier<Boolean> work) {
        boolean holds = work.get();
        if (!holds) {
            turns.spend();
        }
        return holds;
    }

    /** The same, always beside the event loops. */
    <T> Future<T> run(Purpose purpose, Supplier<T> work) {
        ContextInternal context = ((VertxInternal) vertx).getOrCreateContext();
        return (purpose == Purpose.CHECK ? checks : revocations).run(context, work);
    }

    /** Moves the result to the caller's context: a call on another event loop may have begun the fetch of the keys. */
    public <T> Future<T> here(Future<T> shared) {
        Context context = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        shared.onComplete((value, failure) -> context.runOnContext(ignored -> here.complete(value, failure)));
        return here.future();
    }

    /**
     * Lets go of the threads, and does not wait for it: Vert.x would complete it on a thread from which it can't be
     * closed itself.
     */
    public void close() {
        checks.workers().close();
        revocations.workers().close();
    }

    /**
     * Some threads, and what waits for them.
     *
     * @param turns what the turn under way of each event loop has asked for: each request has a context of its own
     */
    private record Lane(
            WorkerExecutor workers, int most, AtomicInteger waiting, Map<ContextInternal, List<Job<?>>> turns) {
        Lane(WorkerExecutor workers, int most) {
            this(workers, most, new AtomicInteger(), new ConcurrentHashMap<>());
        }

        <T> Future<T> run(ContextInternal context, Supplier<T> work) {
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                return Future.failedFuture(
                        Problem.overloaded("JWTs: " + most + " signatures wait to be verified (expected: fewer)"));
            }
            Job<T> job = new Job<>(context, work, Promise.promise());
            turns.compute(context.unwrap(), (same, asked) -> with(job, asked == null ? begun(same) : asked));
            return job.promise().future();
        }

        private static List<Job<?>> with(Job<?> job, List<Job<?>> asked) {
            asked.add(job);
            return asked;
        }

        private List<Job<?>> begun(ContextInternal context) {
            context.runOnContext(
                    end -> Optional.ofNullable(turns.remove(context)).ifPresent(this::handOver));
            return new ArrayList<>();
        }

        private void handOver(List<Job<?>> asked) {
            for (int from = 0; from < asked.size(); from += TOGETHER) {
                List<Job<?>> jobs = asked.subList(from, Math.min(from + TOGETHER, asked.size()));
                workers.executeBlocking(() -> jobs.stream().map(Job::done).toList(), /* ordered= */ false)
                        .onComplete(answers -> answers.forEach(Runnable::run), closed -> fail(jobs, closed))
                        .onComplete(ended -> waiting.addAndGet(-jobs.size()));
            }
        }

        private static void fail(List<Job<?>> jobs, Throwable failure) {
            jobs.forEach(job -> job.answer(() -> job.promise().fail(failure)).run());
        }
    }

    private record Job<T>(ContextInternal context, Supplier<T> work, Promise<T> promise) {
        /** Does the work; running what it returns gives the answer. */
        Runnable done() {
            try {
                T value = work.get();
                return answer(() -> promise.complete(value));
            } catch (RuntimeException | Error failure) {
                return answer(() -> promise.fail(failure));
            }
        }

        /**
         * In the context of the request that asked, to which a handler that fails is reported: the others still get
         * their answers.
         */
        Runnable answer(Runnable settled) {
            return () -> context.dispatch(settled);
        }
    }
}
