package io.revoker.jwt.signatures;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * How many signatures one turn of an event loop may verify by itself. They take it half a millisecond at most, so that
 * a flood of false ones hardly delays what else the loop has to do. After a false one a turn verifies no more: only
 * those that hold are worth that everything else in the turn waits for them.
 */
final class TurnBudget {
    /** A quick one takes 13 to 35 µs. */
    static final int MOST = 16;

    private final Vertx vertx;
    private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);

    TurnBudget(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whether this turn may verify so many more; never on a thread that is no event loop. */
    boolean admits(int signatures) {
        return Context.isOnEventLoopThread() && turns.get().admits(signatures, vertx);
    }

    /** The rest of this turn verifies none. */
    void spend() {
        turns.get().verified = MOST;
    }

    /** The turn under way of one event loop. */
    private static final class Turn {
        private int verified;

        boolean admits(int signatures, Vertx vertx) {
            if (verified + signatures > MOST) {
                return false;
            }
            if (verified == 0) {
                vertx.getOrCreateContext().runOnContext(end -> verified = 0);
            }
            verified += signatures;
            return true;
        }
    }
}
