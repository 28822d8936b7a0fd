package io.revoker.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.revoker.caller.TurnsOfClients.Turn;
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
 * Runs slow verifications on worker threads: one at a time per credentials and per client, a bounded number in all, and none for credentials that were
 * verified a moment ago. The others wait, a bounded number for each client, and the clients by turns: whoever guesses the secret of one keeps no other out. What
 * was right once goes first, so that guesses keep out only a caller of the same client that has not been seen yet. Failures are not remembered.
 *
 * <p>One lock guards the caches and what runs and waits, so that no call can fall between the end of a verification and its place in the
 * cache. Nothing runs under the lock but look-ups. A shared result is handed to each call on its own context.
 */
final class Verifications {
    /** For whom a verification is that is for no client: all of them are by turns with those of the clients, as if they were for one. */
    static final String NOBODY = "";

    private final Vertx vertx;
    private final CallerBounds bounds;
    private final Cache<String, Caller> cache;
    /** Of credentials that were right at some time. */
    private final Cache<String, Boolean> proven;

    private final Map<String, Future<Optional<Caller>>> asked = new HashMap<>();
    private final TurnsOfClients<Verification> turns;

    /** @param time what the cache time is measured by; it only goes forward */
    Verifications(Vertx vertx, CallerBounds bounds, Ticker time) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.cache = remembering(bounds)
                .expireAfterWrite(bounds.cachedFor())
                .ticker(time)
                .build();
        this.proven = remembering(bounds).build();
        this.turns = new TurnsOfClients<>(bounds);
    }

    private static Caffeine<Object, Object> remembering(CallerBounds bounds) {
        return Caffeine.newBuilder().maximumSize(bounds.cached()).executor(Runnable::run);
    }

    private record Verification(
            String fingerprint, Callable<Optional<Caller>> work, Promise<Optional<Caller>> outcome) {}

    /**
     * The outcome of the work, of another one with the same fingerprint, or of an earlier one that was right. Fails with a {@link Problem} if too many wait.
     *
     * @param client whose secret it is about, or {@link #NOBODY}
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

    /** A verification may have been started by a call on another event loop. */
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
