package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.vertx.core.Future;

/** Writes revocations into the log, as long as there is room for their marks, and has this node know of them at once. */
final class LogWriter {
    private final RevocationLog log;
    private final Marks marks;
    private final long mostMarks;

    /** @param mostMarks above which no mark is raised for a target that has none */
    LogWriter(RevocationLog log, Marks marks, long mostMarks) {
        this.log = log;
        this.marks = marks;
        this.mostMarks = mostMarks;
    }

    /** Of a single token, which has no mark. */
    Future<Stamp> append(Target.OneToken token) {
        return log.append(token).onSuccess(stamp -> marks.learn(new Revocation(stamp, token)));
    }

    Future<Entered> enter(Target target, Order order) {
        long held = marks.size();
        if (held >= mostMarks && !marks.has(MarkId.of(target))) {
            return Future.failedFuture(Problem.overloaded("marks: " + held + " (expected: fewer than " + mostMarks
                    + "; nothing was revoked; raise log.max-marks, or wait for marks to leave)"));
        }
        return log.enter(target, order)
                .onSuccess(entered -> marks.learn(new Revocation(entered.sweep().sweep(), target)));
    }
}
