package io.revoker.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
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
 * Runs slow verifications on worker threads: one at a time per credentials, a bounded number in all, and none for credentials that were
 * verified a moment ago. Failures are not remembered.
 *
 * <p>One lock guards the cache and the map of what runs, so that no call can fall between the end of a verification and its place in the
 * cache. Nothing runs under the lock but look-ups. A shared result is handed to each call on its own context.
 */
final class Verifications {
    private final Vertx vertx;
    private final CallerBounds bounds;
    private final Cache<String, Caller> cache;
    private final Map<String, Future<Optional<Caller>>> running = new HashMap<>();

    /** @param time what the cache time is measured by; it only goes forward */
    Verifications(Vertx vertx, CallerBounds bounds, Ticker time) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.cache = Caffeine.newBuilder()
                .maximumSize(bounds.cached())
                .expireAfterWrite(bounds.cachedFor())
                .ticker(time)
                .executor(Runnable::run)
                .build();
    }

    /** The outcome of the work, of a running one with the same fingerprint, or of an earlier one that was right. */
    Future<Optional<Caller>> verify(String fingerprint, Callable<Optional<Caller>> work) {
        Promise<Optional<Caller>> started = Promise.promise();
        Optional<Future<Optional<Caller>>> known = knownOr(fingerprint, started);
        if (known.isPresent()) {
            return known.get().isComplete() ? known.get() : here(known.get());
        }
        vertx.executeBlocking(work, false)
                .recover(Verifications::failed)
                .andThen(done -> settle(fingerprint, done))
                .onComplete(started);
        return here(started.future());
    }

    private synchronized Optional<Future<Optional<Caller>>> knownOr(
            String fingerprint, Promise<Optional<Caller>> started) {
        Optional<Caller> cached = Optional.ofNullable(cache.getIfPresent(fingerprint));
        if (cached.isPresent()) {
            return Optional.of(Future.succeededFuture(cached));
        }
        Optional<Future<Optional<Caller>>> shared = Optional.ofNullable(running.get(fingerprint));
        if (shared.isEmpty() && running.size() >= bounds.inFlight()) {
            return Optional.of(Future.failedFuture(overloaded()));
        }
        running.putIfAbsent(fingerprint, started.future());
        return shared;
    }

    private synchronized void settle(String fingerprint, AsyncResult<Optional<Caller>> done) {
        running.remove(fingerprint);
        if (done.succeeded()) {
            done.result().ifPresent(caller -> cache.put(fingerprint, caller));
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
                "verifications of credentials: " + bounds.inFlight() + " in flight (expected: fewer)");
    }

    private static <T> Future<T> failed(Throwable cause) {
        return Future.failedFuture(Problem.internal(
                "verification of credentials: " + cause.getClass().getSimpleName() + " (expected: an outcome)"));
    }
}
