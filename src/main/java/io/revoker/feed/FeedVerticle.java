package io.revoker.feed;

import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.function.Supplier;

/**
 * Follows the log for as long as it is deployed. Every node has one, and publishes what it reads to its own Vert.x only: on an event bus that spans
 * nodes each revocation would be heard once for each of them.
 */
public final class FeedVerticle extends VerticleBase {
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    /** A log on a connection of its own, and how to close it. */
    public record Source(RevocationLog log, Supplier<Future<Void>> close) {}

    private final Supplier<Future<Source>> open;
    private final MarkView view;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /** @param open called on the event loop of this verticle */
    public FeedVerticle(Supplier<Future<Source>> open, MarkView view) {
        this.open = open;
        this.view = view;
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
        close = () -> {
            tail.end();
            return source.close().get();
        };
        return tail.begin().recover(failure -> close.get().transform(closed -> Future.failedFuture(failure)));
    }

    private void publish(Revocation revocation) {
        vertx.eventBus().publish(Addresses.REVOCATIONS, revocation, HERE);
    }
}
