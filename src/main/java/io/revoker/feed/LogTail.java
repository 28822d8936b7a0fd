package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.RevocationLog.LogPage;
import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the marks, then reads the log from there on. After a failure it loads the marks that were raised meanwhile, and goes on after the newest
 * revocation that it has told of: none is left out that the log still has. Used by one event loop only.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final long PAUSE_MILLIS = 200;

    private final Context context;
    private final RevocationLog log;
    private final MarkView view;
    private final Consumer<Revocation> listener;
    private Stamp seen = Stamp.NONE;
    private boolean ended;

    /** @param listener told of every revocation, in the order of their stamps */
    LogTail(Context context, RevocationLog log, MarkView view, Consumer<Revocation> listener) {
        this.context = context;
        this.log = log;
        this.view = view;
        this.listener = listener;
    }

    /** Succeeds with all marks in the view, and follows the log from then on; fails if they can't be loaded, and then does nothing more. */
    Future<Void> begin() {
        return load().onSuccess(newest -> {
                    seen = newest;
                    view.becomeCurrent();
                    follow();
                })
                .mapEmpty();
    }

    void end() {
        ended = true;
    }

    /** Page by page, one event-loop turn each; gives the newest stamp of the log. */
    private Future<Stamp> load() {
        Promise<Stamp> loaded = Promise.promise();
        nextPage(seen, loaded);
        return loaded.future();
    }

    private void nextPage(Stamp from, Promise<Stamp> loaded) {
        log.marks(from)
                .onSuccess(page -> {
                    page.marks().forEach(view::apply);
                    if (page.isLast()) {
                        loaded.complete(page.upTo());
                    } else {
                        context.runOnContext(turn -> nextPage(page.upTo(), loaded));
                    }
                })
                .onFailure(loaded::fail);
    }

    private void follow() {
        if (!ended) {
            log.after(seen)
                    .onSuccess(this::tell)
                    .onSuccess(told -> context.runOnContext(turn -> follow()))
                    .onFailure(this::resumeLater);
        }
    }

    private void tell(LogPage page) {
        for (Revocation revocation : page.revocations()) {
            view.apply(revocation);
            seen = revocation.stamp();
            listener.accept(revocation);
        }
        if (page.isLast()) {
            view.reachedTheEnd();
        }
        if (!view.isCurrent()) {
            LOG.atInfo().addKeyValue("seen", seen.micros()).log("feed current");
            view.becomeCurrent();
        }
    }

    private void resumeLater(Throwable failure) {
        if (ended) {
            return;
        }
        if (view.isCurrent()) {
            tellOf(failure);
            view.fallBehind();
        }
        context.owner()
                .setTimer(
                        PAUSE_MILLIS,
                        timer -> load().onSuccess(newest -> follow()).onFailure(this::resumeLater));
    }

    /** Once for each outage. */
    private static void tellOf(Throwable failure) {
        if (failure instanceof Problem problem) {
            LOG.atWarn().addKeyValue("failure", problem.text()).log("feed not current");
        } else {
            LOG.error("feed not current", failure);
        }
    }
}
