package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the marks, then reads the log from there on. After a failure it goes on after the newest revocation that it has read: none is left out that the
 * log still has. If the log has gone back, it first {@linkplain Reassertion asserts} what this node knows. Used by one event loop only.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final long PAUSE_MILLIS = 200;

    private final Context context;
    private final RevocationLog log;
    private final MarkLoader marks;
    private final Reassertion reassertion;
    private final MarkView view;
    private final FeedMeters meters;
    private final Consumer<Revocation> listener;
    private Stamp read = Stamp.NONE;
    private boolean refreshDue;
    /** Slices of the marks that have to be read anew. */
    private int stale;

    private boolean lost;
    private boolean failing;
    private boolean ended;

    /** @param listener told of every revocation, in the order of their stamps */
    LogTail(
            Context context,
            FeedVerticle.Source source,
            MarkView view,
            FeedMeters meters,
            Consumer<Revocation> listener) {
        this.context = context;
        this.log = source.log();
        this.marks = new MarkLoader(context, source.marks(), view);
        this.reassertion = new Reassertion(context, source, marks, view);
        this.view = view;
        this.meters = meters;
        this.listener = listener;
    }

    /** Succeeds with all marks in the view, and follows the log from then on; fails if they can't be loaded, and then does nothing more. */
    Future<Void> begin() {
        return log.newest()
                .onSuccess(newest -> read = newest)
                .compose(newest -> marks.load(Stamp.NONE))
                .onSuccess(loaded -> {
                    view.learn(read);
                    view.becomeCurrent();
                    follow();
                });
    }

    void end() {
        ended = true;
    }

    /** Some of the marks in the view are compared with the store's before the log is read on. */
    void refresh() {
        refreshDue = true;
    }

    private void follow() {
        if (!ended) {
            (lost ? assertAgain() : next())
                    .onSuccess(taken -> {
                        failing = false;
                        context.runOnContext(turn -> follow());
                    })
                    .onFailure(this::goOnLater);
        }
    }

    private Future<Void> next() {
        return hasMore()
                .compose(more -> more ? page() : Future.succeededFuture())
                .compose(done -> lost ? Future.succeededFuture() : stale > 0 ? reloaded() : refreshed());
    }

    /**
     * While marks are read anew, the next revocation is not waited for, and waits for no more than some slices. If they can't be read, the log is: only
     * that shows whether it has lost what the marks are asked for by.
     */
    private Future<Boolean> hasMore() {
        return stale == 0 || failing
                ? Future.succeededFuture(true)
                : log.newest().map(newest -> newest.isAfter(read));
    }

    private Future<Void> page() {
        List<Stamp> unread = view.unread();
        return log.after(read, unread).compose(page -> {
            take(page, unread);
            return Future.succeededFuture();
        });
    }

    private Future<Void> reloaded() {
        return marks.loadSome(read)
                .onSuccess(slices -> stale = Math.max(0, stale - slices))
                .mapEmpty();
    }

    private Future<Void> refreshed() {
        boolean due = refreshDue && view.isCurrent();
        refreshDue = false;
        return due ? marks.loadSome(read).<Void>mapEmpty().recover(LogTail::leaveForNow) : Future.succeededFuture();
    }

    /** Nothing but marks that are not needed any longer waits for it; whether the log is whole is asked with the next page. */
    private static Future<Void> leaveForNow(Throwable failure) {
        LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("marks not refreshed");
        return Future.succeededFuture();
    }

    private void take(LogPage page, List<Stamp> unread) {
        switch (page.continuity()) {
            case WHOLE -> {
                tell(page, unread);
                reachedTheEnd(page);
            }
            case MARKS_CHANGED -> {
                tell(page, unread);
                stale = MarkStore.SLICES;
            }
            case LOST -> tellOfLoss();
        }
    }

    private void tell(LogPage page, List<Stamp> unread) {
        for (Revocation revocation : page.revocations()) {
            view.read(revocation);
            listener.accept(revocation);
        }
        read = page.upTo();
        view.learn(read);
        view.found(unread, read);
    }

    private void reachedTheEnd(LogPage page) {
        if (!page.isLast() || stale > 0) {
            return;
        }
        view.reachedTheEnd();
        if (!view.isCurrent()) {
            LOG.atInfo().addKeyValue("seen", read.micros()).log("feed current");
            view.becomeCurrent();
        }
    }

    private void tellOfLoss() {
        lost = true;
        view.fallBehind();
        meters.wentBack();
        LOG.atError()
                .addKeyValue("known", view.known().micros())
                .addKeyValue("marks", view.size())
                .log("log went back, asserting what is known here");
    }

    /**
     * The log is read on from what was asserted, after what others have written into it since it was lost. What was written here before is not looked for
     * again: it may be among what was lost.
     */
    private Future<Void> assertAgain() {
        view.forgetUnread();
        return reassertion.go().compose(from -> readUpTo(from).onSuccess(done -> asserted(from)));
    }

    private Future<Void> readUpTo(Stamp from) {
        return log.between(read, from).compose(page -> {
            tell(page, List.of());
            return page.isLast() ? Future.succeededFuture() : readUpTo(from);
        });
    }

    private void asserted(Stamp from) {
        lost = false;
        read = from;
        view.learn(from);
        LOG.atWarn().addKeyValue("known", view.known().micros()).log("log asserted again");
    }

    private void goOnLater(Throwable failure) {
        if (ended) {
            return;
        }
        if (view.isCurrent() || (lost && !failing)) {
            tellOf(failure);
        }
        failing = true;
        view.fallBehind();
        context.owner().setTimer(PAUSE_MILLIS, timer -> follow());
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
