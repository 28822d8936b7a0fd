package io.revoker.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether a revocation is running just now, on any event loop. A revocation is a few calls of Redis, one after the
 * other, and each of them waits for the bulk work that was sent before it. While there are revocations, bulk work
 * keeps less in flight.
 */
public final class RevocationPriority {
    /** Most revocations are done long before. That of a realm takes longer, and bulk work goes on beside it. */
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    /** The next revocation may come soon. */
    private static final long AFTER = Duration.ofMillis(100).toNanos();

    private final LongSupplier nanos;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong until;

    public RevocationPriority() {
        this(System::nanoTime);
    }

    /** @param nanos a stopwatch */
    RevocationPriority(LongSupplier nanos) {
        this.nanos = nanos;
        this.until = new AtomicLong(nanos.getAsLong());
    }

    /** Runs a revocation with priority over bulk work. */
    public <T> Future<T> take(Supplier<Future<T>> revocation) {
        underWay.incrementAndGet();
        until.set(nanos.getAsLong() + LONGEST);
        return Future.succeededFuture().compose(begun -> revocation.get()).onComplete(done -> end());
    }

    /** If another revocation begins in the meantime, on another event loop, its time is not cut short. */
    private void end() {
        long seen = until.get();
        if (underWay.decrementAndGet() == 0) {
            until.compareAndSet(seen, nanos.getAsLong() + AFTER);
        }
    }

    boolean isTaken() {
        return until.get() - nanos.getAsLong() > 0;
    }
}
