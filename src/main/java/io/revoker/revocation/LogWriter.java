package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Writes revocations to the log, as long as there is room for their marks, and adds them to this node's view of the
 * marks at once.
 */
final class LogWriter {
    private final RevocationLog log;
    private final Marks marks;
    private final long mostMarks;

    /** @param mostMarks from this number of marks on, a target that has no mark yet is refused */
    LogWriter(RevocationLog log, Marks marks, long mostMarks) {
        this.log = log;
        this.marks = marks;
        this.mostMarks = mostMarks;
    }

    /**
     * For a single token or pair, which has no mark.
     *
     * @param registered what is known of it; empty if it is not registered
     */
    Future<Stamp> append(Target.Single token, Optional<Reason> reason, Optional<Token> registered) {
        return registered
                .map(known -> log.append(token, reason, Registered.of(known)))
                .orElseGet(() -> log.append(token, reason))
                .onSuccess(stamp -> written(stamp, token, reason, registered.map(Registered::of)));
    }

    /** The same of what the log has already. */
    void written(Stamp stamp, Target.Single token, Optional<Reason> reason, Optional<Registered> registered) {
        marks.learn(new Revocation(stamp, token, reason, Optional.empty(), registered));
    }

    /** The same for a registered token, after its invalidation, see {@link RevocationLog#appendAfter}. */
    Future<Stamp> appendAfter(Future<?> invalidation, Target.Single token, Optional<Reason> reason, Token registered) {
        return log.appendAfter(invalidation, token, reason, Registered.of(registered))
                .onSuccess(stamp -> written(stamp, token, reason, Optional.of(Registered.of(registered))));
    }

    Future<Entered> enter(Target target, Order order) {
        long held = marks.size();
        if (held >= mostMarks && !marks.has(MarkId.of(target))) {
            return Future.failedFuture(Problem.overloaded("marks: " + held + " (expected: fewer than " + mostMarks
                    + "; nothing was revoked; raise log.max-marks, or wait for marks to leave)"));
        }
        return log.enter(target, order)
                .onSuccess(entered ->
                        marks.learn(new Revocation(entered.stamp(), target, order.reason(), order.lockUntil())));
    }
}
