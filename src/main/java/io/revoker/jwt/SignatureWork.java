package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Verifies signatures beside the event loops: one of ES256 takes the JDK up to a millisecond, a batch of those of RSA
 * as long, and anyone can send false ones. Half of the processors at most work on those of checks, and only so many wait. Revocations, which
 * strangers can't send, have a thread and places of their own.
 */
final class SignatureWork {
    /** As many as some full batches have. */
    private static final int MOST_CHECKS = 2048;

    private static final int MOST_REVOCATIONS = 256;
    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Vertx vertx;
    private final Lane checks;
    private final Lane revocations;

    SignatureWork(Vertx vertx) {
        this.vertx = vertx;
        this.checks = new Lane(vertx.createSharedWorkerExecutor("revoker-jwt", WORKERS), MOST_CHECKS);
        this.revocations = new Lane(vertx.createSharedWorkerExecutor("revoker-jwt-revocations", 1), MOST_REVOCATIONS);
    }

    /** Fails with a {@link Problem} of kind OVERLOADED if too much waits. */
    <T> Future<T> run(Purpose purpose, Supplier<T> work) {
        return (purpose == Purpose.CHECK ? checks : revocations).run(work);
    }

    /** Moves the result to the caller's context: a call on another event loop may have begun the fetch of the keys. */
    <T> Future<T> here(Future<T> shared) {
        Context context = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        shared.onComplete((value, failure) -> context.runOnContext(ignored -> here.complete(value, failure)));
        return here.future();
    }

    /**
     * Lets go of the threads. Nobody waits for that: Vert.x would complete it on a thread from which it can't be closed
     * itself.
     */
    void close() {
        checks.workers().close();
        revocations.workers().close();
    }

    private record Lane(WorkerExecutor workers, int most, AtomicInteger waiting) {
        Lane(WorkerExecutor workers, int most) {
            this(workers, most, new AtomicInteger());
        }

        <T> Future<T> run(Supplier<T> work) {
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                return Future.failedFuture(
                        Problem.overloaded("JWTs: " + most + " signatures wait to be verified (expected: fewer)"));
            }
            return workers.executeBlocking(work::get, /* ordered= */ false)
                    .onComplete(done -> waiting.decrementAndGet());
        }
    }
}
