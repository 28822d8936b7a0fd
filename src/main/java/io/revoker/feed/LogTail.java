package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LogListener;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the marks, then reads the log from there on. After a failure it continues after the newest revocation that it
 * has read, so it skips none that the log still has. If the log has gone back, it first {@linkplain Reassertion
 * asserts} what this node knows. Used by one event loop only.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final long PAUSE_MILLIS = 200;

    private final Context context;
    private final RevocationLog log;
    private final MarkLoader marks;
    private final MarkReading beside;
    private final Supplier<Future<Stamp>> newestMark;
    private final Reassertion reassertion;
    private final MarkView view;
    private final FeedMeters meters;
    private final LogListener listener;
    private Stamp read = Stamp.NONE;
    private boolean lost;
    private boolean failing;
    private boolean ended;

    /** @param listener called with all that is read */
    LogTail(Context context, FeedVerticle.Source source, MarkView view, FeedMeters meters, LogListener listener) {
        this.context = context;
        this.log = source.log();
        this.newestMark = () -> source.store().jwts().newestMark();
        this.marks = new MarkLoader(context, source.marks(), view);
        this.beside = new MarkReading(marks, new MarkRefresh(marks, view, newestMark), view);
        this.reassertion = new Reassertion(context, source, marks, view);
        this.view = view;
        this.meters = meters;
        this.listener = listener;
    }

    /**
     * Succeeds with all marks in the view, and follows the log from then on. Fails if the marks can't be loaded, and
     * then does nothing more.
     */
    Future<Void> begin() {
        long askedAt = System.nanoTime();
        return log.newest()
                .onSuccess(newest -> read = newest)
                .compose(newest -> newestMark.get())
                .compose(mark -> marks.load(Stamp.NONE).map(mark))
                .onSuccess(mark -> {
                    view.progress().hasRead(mark);
                    view.learn(read);
                    view.progress().becomeCurrent();
                    listener.missed(read);
                    listener.reachedTheEnd(read, askedAt);
                    follow();
                })
                .mapEmpty();
    }

    void end() {
        ended = true;
    }

    /** Makes the next step compare some of the marks in the view with the store's. */
    void refresh() {
        beside.refreshNext();
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
                .compose(done -> lost ? Future.succeededFuture() : beside.some(read));
    }

    /**
     * Whether to read the log next. While marks are read anew, it does not block for the next revocation, so that a
     * revocation waits for some slices at most. If the marks can't be read, it reads the log: the marks are requested
     * with the last known entry, and only reading the log shows whether that entry was lost.
     */
    private Future<Boolean> hasMore() {
        return !beside.isStale() || failing
                ? Future.succeededFuture(true)
                : log.newest().map(newest -> newest.isAfter(read));
    }

    private Future<Void> page() {
        List<Stamp> unread = view.unread();
        long askedAt = System.nanoTime();
        return log.after(read, unread).compose(page -> {
            take(page, unread, askedAt);
            return Future.succeededFuture();
        });
    }

    private void take(LogPage page, List<Stamp> unread, long askedAt) {
        switch (page.continuity()) {
            case WHOLE, LOCKS_CHANGED -> {
                deliver(page, unread);
                if (page.continuity() == Continuity.LOCKS_CHANGED) {
                    beside.locksChanged();
                }
                beside.hasRead(read);
                reachedTheEnd(page, askedAt);
            }
            case MARKS_CHANGED -> {
                deliver(page, unread);
                listener.missed(read);
                beside.allChanged();
            }
            case LOST -> beginAssertion();
        }
    }

    private void deliver(LogPage page, List<Stamp> unread) {
        page.revocations().forEach(view::read);
        read = page.upTo();
        listener.read(page.events(), read);
        view.learn(read);
        view.found(unread, read);
    }

    private void reachedTheEnd(LogPage page, long askedAt) {
        if (!page.isLast() || beside.isStale()) {
            return;
        }
        view.progress().reachedTheEnd();
        listener.reachedTheEnd(read, askedAt);
        if (!view.isCurrent()) {
            LOG.atInfo().addKeyValue("seen", read.micros()).log("feed current");
            view.progress().becomeCurrent();
        }
    }

    private void beginAssertion() {
        lost = true;
        view.progress().doubtMarks();
        fallBehind();
        meters.wentBack();
        LOG.atError()
                .addKeyValue("known", view.known().micros())
                .addKeyValue("marks", view.size())
                .log("log went back, asserting what is known here");
    }

    /**
     * Continues after the entry that this node wrote when it asserted its marks, and first reads what others have
     * written since the loss. What this node wrote before is not looked for again: it may be among what was lost.
     */
    private Future<Void> assertAgain() {
        view.forgetUnread();
        return reassertion.go().compose(from -> readUpTo(from).onSuccess(done -> asserted(from)));
    }

    private Future<Void> readUpTo(Stamp from) {
        return log.between(read, from).compose(page -> {
            deliver(page, List.of());
            return page.isLast() ? Future.succeededFuture() : readUpTo(from);
        });
    }

    private void asserted(Stamp from) {
        lost = false;
        read = from;
        listener.missed(from);
        view.learn(from);
        view.progress().hasRead(from);
        beside.locksChanged();
        LOG.atWarn().addKeyValue("known", view.known().micros()).log("log asserted again");
    }

    private void goOnLater(Throwable failure) {
        if (ended) {
            return;
        }
        if (view.isCurrent() || (lost && !failing)) {
            logOutage(failure);
        }
        failing = true;
        fallBehind();
        context.owner().setTimer(PAUSE_MILLIS, timer -> follow());
    }

    private void fallBehind() {
        view.progress().fallBehind();
        listener.fellBehind();
    }

    /** Once per outage. */
    private static void logOutage(Throwable failure) {
        if (failure instanceof Problem problem) {
            LOG.atWarn().addKeyValue("failure", problem.text()).log("feed not current");
        } else {
            LOG.error("feed not current", failure);
        }
    }
}
