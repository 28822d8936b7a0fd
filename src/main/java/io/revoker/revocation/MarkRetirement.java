package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Target;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.SweepStatus;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops marks that nothing depends on any longer: those whose sweep has reached every token, once they are older than
 * the log's retention.
 *
 * <p>A registration that its instance never finished may have written a grant after the sweep had passed, with a birth
 * before it; only the mark keeps that grant dead. So the target is swept once more before its mark is dropped, if it
 * has few holders. The marks of large realms stay, and those of tokens that were issued before an instant: such tokens
 * may be registered for as long as they can live. Used by one event loop.
 */
final class MarkRetirement {
    private static final int MOST_HOLDERS = 10_000;

    /** Number of targets that are swept at the same time. */
    private static final int TOGETHER = 16;

    private final SweepContext sweepContext;
    private final MarkStore marks;
    private final Set<Sweep> running = new HashSet<>();
    private long timer;
    private boolean busy;
    private boolean stopped;

    MarkRetirement(SweepContext sweepContext, MarkStore marks) {
        this.sweepContext = sweepContext;
        this.marks = marks;
    }

    void start() {
        timer = sweepContext.context().owner().setPeriodic(marks.duePause().toMillis(), tick -> {
            if (!busy) {
                busy = true;
                nextPage();
            }
        });
    }

    void stop() {
        stopped = true;
        sweepContext.context().owner().cancelTimer(timer);
        List.copyOf(running)
                .forEach(sweep -> sweep.stop(Problem.unavailable("marks: kept, the service is shutting down")));
    }

    /** Repeats until no mark is due. A mark whose retirement fails is kept. */
    private void nextPage() {
        marks.due()
                .onSuccess(due -> {
                    if (due.isEmpty() || stopped) {
                        busy = false;
                    } else {
                        some(due);
                    }
                })
                .onFailure(failure -> busy = false);
    }

    private void some(List<Revocation> due) {
        int count = Math.min(TOGETHER, due.size());
        List<Revocation> rest = due.subList(count, due.size());
        Future.join(due.subList(0, count).stream().map(this::retire).toList())
                .onComplete(done -> sweepContext.context().runOnContext(turn -> {
                    if (rest.isEmpty()) {
                        nextPage();
                    } else {
                        some(rest);
                    }
                }));
    }

    private Future<Void> retire(Revocation revocation) {
        Target target = revocation.target();
        if (!target.raisesMark() || target instanceof Target.IssuedBefore) {
            return Future.succeededFuture();
        }
        MarkId mark = MarkId.of(target);
        return marks.isSwept(mark, revocation.stamp())
                .compose(swept -> swept && !stopped
                        ? sweepContext.storeFor(target).size(target)
                        : Future.succeededFuture(Long.MAX_VALUE))
                .compose(holders -> holders <= MOST_HOLDERS ? drop(mark, revocation) : Future.succeededFuture());
    }

    private Future<Void> drop(MarkId mark, Revocation revocation) {
        Sweep sweep = new Sweep(sweepContext, SweepStatus.begun(revocation.stamp(), revocation.target()));
        running.add(sweep);
        return sweep.run()
                .onComplete(done -> running.remove(sweep))
                .compose(report ->
                        clean(sweep, report) ? marks.drop(mark, revocation.stamp()) : Future.succeededFuture())
                .eventually(() -> sweepContext
                        .storeFor(revocation.target())
                        .forget(sweep.counts().parts(), sweep.stamp()));
    }

    private static boolean clean(Sweep sweep, Report report) {
        return report.errorCount() == 0 && sweep.counts().progress().errors() == 0;
    }
}
