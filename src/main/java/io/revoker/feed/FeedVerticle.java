package io.revoker.feed;

import io.revoker.bus.Addresses;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.LogListener;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;

/**
 * Follows the log for as long as it is deployed. Every instance has one, and publishes what it reads. On an event bus
 * that spans instances, each revocation arrives once from each of them: as long as one of them lives, none is missed.
 */
public final class FeedVerticle extends VerticleBase {
    private static final long REFRESH_MILLIS = 1000;

    /** A log, its marks and the store, on a connection of their own, and how to close it. */
    public record Source(RevocationLog log, MarkStore marks, TokenStore store, Supplier<Future<Void>> close) {}

    /** Retries an attempt until it succeeds. */
    public interface Attempts {
        Future<Void> make(Supplier<Future<Void>> attempt);
    }

    private final Supplier<Future<Source>> open;
    private final Attempts attempts;
    private final MarkView view;
    private final FeedMeters meters;
    private final LogListener followers;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /**
     * Deploy it once.
     *
     * @param open called on the event loop of this verticle, once for each attempt to connect and read the marks
     * @param followers called on that event loop with all that is read
     */
    public FeedVerticle(
            Supplier<Future<Source>> open, Attempts attempts, MarkView view, FeedMeters meters, LogListener followers) {
        this.open = open;
        this.attempts = attempts;
        this.view = view;
        this.meters = meters;
        this.followers = followers;
    }

    @Override
    public Future<?> start() {
        return attempts.make(() -> open.get().compose(this::follow));
    }

    @Override
    public Future<?> stop() {
        return close.get();
    }

    private Future<Void> follow(Source source) {
        LogTail tail = new LogTail(context, source, view, meters, new Publisher());
        LostTokens lost = new LostTokens(context, source.store(), view, meters);
        long timer = vertx.setPeriodic(REFRESH_MILLIS, tick -> tail.refresh());
        long looking = vertx.setPeriodic(LostTokens.LOOK_MILLIS, tick -> lost.look());
        close = () -> {
            tail.end();
            vertx.cancelTimer(timer);
            vertx.cancelTimer(looking);
            return source.close().get();
        };
        return tail.begin().recover(failure -> close.get().transform(closed -> Future.failedFuture(failure)));
    }

    /** Tells all consumers, and those who follow this node. */
    private final class Publisher implements LogListener {
        @Override
        public void read(List<LogEvent> events, Stamp upTo) {
            for (LogEvent event : events) {
                if (event instanceof LogEvent.Revoked revoked) {
                    vertx.eventBus().publish(Addresses.REVOCATIONS, revoked.revocation());
                }
            }
            followers.read(events, upTo);
        }

        @Override
        public void missed(Stamp upTo) {
            followers.missed(upTo);
        }

        @Override
        public void reachedTheEnd(Stamp read, long askedAt) {
            followers.reachedTheEnd(read, askedAt);
        }

        @Override
        public void fellBehind() {
            followers.fellBehind();
        }
    }
}
