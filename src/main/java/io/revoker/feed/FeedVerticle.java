package io.revoker.feed;

import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the marks, then tails the log from there for as long as it is deployed. After a failure it loads the marks that were raised meanwhile, and
 * goes on after the newest revocation that it has published: none is left out that the log still has.
 */
public final class FeedVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(FeedVerticle.class);
    private static final long PAUSE_MILLIS = 200;

    /** A log on a connection of its own, and how to close it. */
    public record Source(RevocationLog log, Supplier<Future<Void>> close) {}

    private final Supplier<Future<Source>> open;
    private final MarkView view;
    private Stamp seen = Stamp.NONE;
    private boolean stopped;
    private Supplier<Future<Void>> close = Future::succeededFuture;

    /** @param open called on the event loop of this verticle */
    public FeedVerticle(Supplier<Future<Source>> open, MarkView view) {
        this.open = open;
        this.view = view;
    }

    @Override
    public Future<?> start() {
        return open.get()
                .compose(source -> begin(source.log())
                        .onSuccess(begun -> close = source.close())
                        .recover(failure -> source.close().get().transform(closed -> Future.failedFuture(failure))));
    }

    private Future<Stamp> begin(RevocationLog log) {
        return load(log).onSuccess(newest -> {
            seen = newest;
            view.markLoaded();
            follow(log);
        });
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return close.get();
    }

    /** Page by page, one event-loop turn each; gives the newest stamp of the log. */
    private Future<Stamp> load(RevocationLog log) {
        Promise<Stamp> loaded = Promise.promise();
        nextPage(log, seen, loaded);
        return loaded.future();
    }

    private void nextPage(RevocationLog log, Stamp from, Promise<Stamp> loaded) {
        log.marks(from)
                .onSuccess(page -> {
                    page.marks().forEach(view::apply);
                    if (page.isLast()) {
                        loaded.complete(page.upTo());
                    } else {
                        context.runOnContext(turn -> nextPage(log, page.upTo(), loaded));
                    }
                })
                .onFailure(loaded::fail);
    }

    private void follow(RevocationLog log) {
        if (stopped) {
            return;
        }
        log.after(seen)
                .map(this::publish)
                .onSuccess(published -> context.runOnContext(turn -> follow(log)))
                .onFailure(failure -> resume(log));
    }

    private void resume(RevocationLog log) {
        vertx.setTimer(
                PAUSE_MILLIS,
                timer -> load(log).onSuccess(loaded -> follow(log)).onFailure(failure -> {
                    if (!stopped) {
                        resume(log);
                    }
                }));
    }

    private Stamp publish(List<Revocation> revocations) {
        for (Revocation revocation : revocations) {
            view.apply(revocation);
            seen = revocation.stamp();
            vertx.eventBus().publish(Addresses.REVOCATIONS, revocation);
        }
        if (!revocations.isEmpty()) {
            LOG.debug("feed revocations={} seen={}", revocations.size(), seen);
        }
        return seen;
    }
}
