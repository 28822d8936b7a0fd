package io.revoker.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.revoker.caller.FairQueue.Turn;
import io.revoker.domain.Problem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Runs slow verifications on worker threads: one at a time per credentials and per client, a bounded number in all,
 * and none for credentials that were verified a moment ago. The others wait, a bounded number for each client, and the
 * clients take turns: an attacker that guesses the secret of one client does not lock the others out. Credentials that
 * were right before go first, so that guesses delay only callers of the same client that have not been seen yet.
 * Failures are not cached.
 *
 * <p>One lock guards the caches, what runs and what waits, so that no call can fall between the end of a verification
 * and its entry in the cache. Under the lock there are only look-ups. A shared result is passed to each call on its
 * own context.
 */
final class Verifications {
    /** The client of verifications whose id no client has: all of them together have one turn, like one client. */
    static final String NO_CLIENT = "";

    private final Vertx vertx;
    private final CallerSettings bounds;
    private final Cache<String, Caller> cache;
    /** Fingerprints of credentials that were right before. */
    private final Cache<String, Boolean> proven;

    private final Map<String, Future<Optional<Caller>>> asked = new HashMap<>();
    private final FairQueue<Verification> turns;

    /** @param time measures the cache time; it only goes forward */
    Verifications(Vertx vertx, CallerSettings bounds, Ticker time) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.cache = remembering(bounds)
                .expireAfterWrite(bounds.cachedFor())
                .ticker(time)
                .build();
        this.proven = remembering(bounds).build();
        this.turns = new FairQueue<>(bounds);
    }

    private static Caffeine<Object, Object> remembering(CallerSettings bounds) {
        return Caffeine.newBuilder().maximumSize(bounds.cached()).executor(Runnable::run);
    }

    private record Verification(
            String fingerprint, Callable<Optional<Caller>> work, Promise<Optional<Caller>> outcome) {}

    /**
     * The outcome of the work, of another one with the same fingerprint, or of an earlier successful one. Fails with a
     * {@link Problem} if too many wait.
     *
     * @param client that the secret belongs to, or {@link #NO_CLIENT}
     */
    Future<Optional<Caller>> verify(String client, String fingerprint, Callable<Optional<Caller>> work) {
        Future<Optional<Caller>> outcome = ask(client, new Verification(fingerprint, work, Promise.promise()));
        if (outcome.isComplete()) {
            return outcome;
        }
        goOn();
        return here(outcome);
    }

    private synchronized Future<Optional<Caller>> ask(String client, Verification verification) {
        String fingerprint = verification.fingerprint();
        Optional<Caller> cached = Optional.ofNullable(cache.getIfPresent(fingerprint));
        if (cached.isPresent()) {
            return Future.succeededFuture(cached);
        }
        Optional<Future<Optional<Caller>>> shared = Optional.ofNullable(asked.get(fingerprint));
        if (shared.isPresent()) {
            return shared.get();
        }
        if (proven.getIfPresent(fingerprint) != null) {
            turns.addFirst(client, verification);
        } else if (!turns.add(client, verification)) {
            return Future.failedFuture(overloaded());
        }
        asked.put(fingerprint, verification.outcome().future());
        return verification.outcome().future();
    }

    private void goOn() {
        for (Optional<Turn<Verification>> next = next(); next.isPresent(); next = next()) {
            run(next.get());
        }
    }

    private synchronized Optional<Turn<Verification>> next() {
        return turns.next();
    }

    private void run(Turn<Verification> turn) {
        Future.succeededFuture()
                .compose(begun -> vertx.executeBlocking(turn.work().work(), false))
                .recover(Verifications::failed)
                .andThen(done -> settle(turn, done))
                .onComplete(turn.work().outcome())
                .onComplete(done -> goOn());
    }

    private synchronized void settle(Turn<Verification> turn, AsyncResult<Optional<Caller>> done) {
        String fingerprint = turn.work().fingerprint();
        turns.done(turn.client());
        asked.remove(fingerprint);
        if (done.succeeded()) {
            done.result().ifPresent(caller -> {
                cache.put(fingerprint, caller);
                proven.put(fingerprint, true);
            });
        }
    }

    /** Moves the result to the caller's context: a call on another event loop may have started the verification. */
    private <T> Future<T> here(Future<T> shared) {
        Context context = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        shared.onComplete((value, failure) -> context.runOnContext(ignored -> here.complete(value, failure)));
        return here.future();
    }

    private Problem overloaded() {
        return Problem.overloaded(
                "credentials: " + bounds.waiting() + " verifications wait for this client (expected: fewer)");
    }

    private static <T> Future<T> failed(Throwable cause) {
        return Future.failedFuture(Problem.internal(
                "verification of credentials: " + cause.getClass().getSimpleName() + " (expected: an outcome)"));
    }
}
