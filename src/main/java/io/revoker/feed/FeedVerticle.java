package io.revoker.feed;

import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Follows the log for as long as it is deployed. Every node has one, and publishes what it reads to its own Vert.x only: on an event bus that spans
 * nodes each revocation would be heard once for each of them.
 */
public final class FeedVerticle extends VerticleBase {
    private static final long PRUNING_MILLIS = 1000;
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    /** A log on a connection of its own, and how to close it. */
    public record Source(RevocationLog log, Supplier<Future<Void>> close) {}

    private final Supplier<Future<Source>> open;
    private final MarkView view;
    private final Duration markLifetime;
    private final InstantSource time;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /**
     * To be deployed once.
     *
     * @param open called on the event loop of this verticle
     * @param markLifetime how long a mark may have something to forbid
     */
    public FeedVerticle(Supplier<Future<Source>> open, MarkView view, Duration markLifetime, InstantSource time) {
        this.open = open;
        this.view = view;
        this.markLifetime = markLifetime;
        this.time = time;
    }

    @Override
    public Future<?> start() {
        return open.get().compose(this::follow);
    }

    @Override
    public Future<?> stop() {
        return close.get();
    }

    private Future<Void> follow(Source source) {
        LogTail tail = new LogTail(context, source.log(), view, this::publish);
        long timer = vertx.setPeriodic(PRUNING_MILLIS, tick -> view.forgetSome(oldestNeeded()));
        close = () -> {
            tail.end();
            vertx.cancelTimer(timer);
            return source.close().get();
        };
        return tail.begin().recover(failure -> close.get().transform(closed -> Future.failedFuture(failure)));
    }

    private Stamp oldestNeeded() {
        Instant oldest = time.instant().minus(markLifetime);
        return new Stamp(Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, oldest)));
    }

    private void publish(Revocation revocation) {
        vertx.eventBus().publish(Addresses.REVOCATIONS, revocation, HERE);
    }
}
