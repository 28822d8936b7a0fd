package io.revoker.revocation.near;

import io.revoker.domain.Stamp;
import io.revoker.domain.near.NearLeases;
import io.revoker.domain.near.NearLeases.Held;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where revocations wait for the instances that answer checks from memory: until each of them has read the revocation,
 * or its lease has run out. One look at the leases serves all that wait. If there are no leases, nothing is asked and
 * nothing waits. Used by one event loop only.
 */
public final class NearWait {
    /** The shortest bound that a lease may have. Work that takes no longer is quick enough for every lease. */
    private static final Duration SHORTEST_BOUND = Duration.ofSeconds(1);

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
     * Succeeds when no instance answers "active" from memory for what the revocation covers.
     *
     * @param took from before its log entry was sent until it was carried out in the store; zero if it raised a mark,
     * which counts at once. Fails if that is too long for one of the leases.
     */
    public Future<Void> await(Stamp stamp, Duration took) {
        // In a longer time a lease may have begun that the reply for the log entry did not know of.
        if (!leases.mayExist() && took.compareTo(SHORTEST_BOUND) <= 0) {
            return Future.succeededFuture();
        }
        NearWaiter waiter = new NearWaiter(stamp, took, System.nanoTime());
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
