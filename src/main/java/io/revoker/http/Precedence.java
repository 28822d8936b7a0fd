package io.revoker.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether something is being revoked just now, on whatever event loop. A revocation is a few calls of Redis, one after the other, and each of them waits for
 * the bulk work that came before it: as long as there are revocations, bulk work keeps less under way.
 */
public final class Precedence {
    /** Most revocations are done long before. Of a realm, the rest takes its time: bulk work goes on beside it. */
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    /** The next one may come soon. */
    private static final long AFTER = Duration.ofMillis(100).toNanos();

    private final LongSupplier nanos;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long until;

    public Precedence() {
        this(System::nanoTime);
    }

    /** @param nanos a stopwatch */
    Precedence(LongSupplier nanos) {
        this.nanos = nanos;
        this.until = nanos.getAsLong();
    }

    /** Does what comes before bulk work. */
    public <T> Future<T> take(Supplier<Future<T>> revocation) {
        underWay.incrementAndGet();
        until = nanos.getAsLong() + LONGEST;
        return Future.succeededFuture().compose(begun -> revocation.get()).onComplete(done -> end());
    }

    private void end() {
        if (underWay.decrementAndGet() == 0) {
            until = nanos.getAsLong() + AFTER;
        }
    }

    boolean isTaken() {
        return until - nanos.getAsLong() > 0;
    }
}
