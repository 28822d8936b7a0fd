package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.RevocationLog.LogPage;
import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
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
    private boolean lost;
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
                .compose(newest -> marks.load())
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
            refreshed()
                    .compose(done -> log.after(read, view.known()))
                    .compose(this::take)
                    .onSuccess(taken -> context.runOnContext(turn -> follow()))
                    .onFailure(this::goOnLater);
        }
    }

    private Future<Void> refreshed() {
        boolean due = refreshDue && view.isCurrent();
        refreshDue = false;
        return due ? marks.loadSome() : Future.succeededFuture();
    }

    private Future<Void> take(LogPage page) {
        return switch (page.continuity()) {
            case WHOLE -> {
                tell(page);
                yield Future.succeededFuture();
            }
            case MARKS_CHANGED -> {
                tell(page);
                yield marks.load().onSuccess(loaded -> reachedTheEnd(page));
            }
            case LOST -> assertAgain();
        };
    }

    private void tell(LogPage page) {
        for (Revocation revocation : page.revocations()) {
            view.learn(revocation);
            listener.accept(revocation);
        }
        read = page.upTo();
        view.learn(read);
        if (page.continuity() == RevocationLog.Continuity.WHOLE) {
            reachedTheEnd(page);
        }
    }

    private void reachedTheEnd(LogPage page) {
        if (!page.isLast()) {
            return;
        }
        view.reachedTheEnd();
        if (!view.isCurrent()) {
            LOG.atInfo().addKeyValue("seen", read.micros()).log("feed current");
            view.becomeCurrent();
        }
    }

    private Future<Void> assertAgain() {
        if (!lost) {
            lost = true;
            meters.wentBack();
            LOG.atError()
                    .addKeyValue("known", view.known().micros())
                    .addKeyValue("marks", view.size())
                    .log("log went back, asserting what is known here");
        }
        view.fallBehind();
        return reassertion.go().onSuccess(done -> {
            lost = false;
            LOG.atWarn().addKeyValue("known", view.known().micros()).log("log asserted again");
        });
    }

    private void goOnLater(Throwable failure) {
        if (ended) {
            return;
        }
        if (view.isCurrent()) {
            tellOf(failure);
            view.fallBehind();
        }
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
