package io.revoker.revocation.near;

import io.revoker.domain.Stamp;
import io.revoker.domain.near.NearLeases;
import io.revoker.domain.near.NearLeases.Held;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where revocations wait for the instances that answer checks from memory: until each of them has read the revocation,
 * or its lease has run out. One look at the leases serves all that wait. If there are no leases, nothing is asked and
 * nothing waits. Used by one event loop only.
 */
public final class NearWait {
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 32;

    private final Context context;
    private final NearLeases leases;
    private final Unchanged unchanged = new Unchanged(System::nanoTime);
    private List<NearWaiter> waiting = new ArrayList<>();
    private boolean looking;
    private boolean hasNew;
    private OptionalLong timer = OptionalLong.empty();
    private long pause = FIRST_PAUSE_MILLIS;

    public NearWait(Context context, NearLeases leases) {
        this.context = context;
        this.leases = leases;
    }

    /**
     * Succeeds when no instance answers "active" from memory for what the revocation covers. A lease that began after
     * its log entry does not matter: whoever has it has read the log to its end since.
     */
    public Future<Void> await(Stamp stamp) {
        if (!leases.mayExist()) {
            return Future.succeededFuture();
        }
        NearWaiter waiter = new NearWaiter(stamp, System.nanoTime());
        waiting.add(waiter);
        hasNew = true;
        if (!looking) {
            look();
        }
        return waiter.end();
    }

    /** What comes while a look is under way gets the next one, at once. */
    private void look() {
        timer.ifPresent(context.owner()::cancelTimer);
        timer = OptionalLong.empty();
        looking = true;
        hasNew = false;
        long sentAt = System.nanoTime();
        List<NearWaiter> these = waiting;
        waiting = new ArrayList<>();
        leases.held().onComplete(held -> looked(these, held, sentAt));
    }

    private void looked(List<NearWaiter> these, AsyncResult<Held> held, long sentAt) {
        if (held.failed()) {
            these.forEach(waiter -> waiter.fail(held.cause()));
        } else {
            unchanged.look(held.result(), sentAt);
            these.stream()
                    .filter(waiter -> !waiter.look(held.result(), unchanged))
                    .forEach(waiting::add);
        }
        looking = false;
        if (waiting.isEmpty()) {
            pause = FIRST_PAUSE_MILLIS;
        } else if (hasNew) {
            look();
        } else {
            timer = OptionalLong.of(context.owner().setTimer(pause, id -> lookAgain()));
        }
    }

    private void lookAgain() {
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        look();
    }
}
