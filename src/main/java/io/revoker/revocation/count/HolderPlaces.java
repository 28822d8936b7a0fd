package io.revoker.revocation.count;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.util.concurrent.Semaphore;

/**
 * The places for walks over many holders, which all event loops of an instance share: each remembers its holders, and
 * has many calls in flight.
 */
final class HolderPlaces {
    private final String walks;
    private final int most;
    private final int small;
    private final Semaphore places;

    /**
     * Some places.
     *
     * @param walks what they are for
     * @param small number of holders up to which a walk needs no place
     */
    HolderPlaces(String walks, int most, int small) {
        this.walks = walks;
        this.most = most;
        this.small = small;
        this.places = new Semaphore(most);
    }

    /**
     * What one walk needs. Used by one event loop.
     *
     * @param end of the walk, when it leaves its place if it has one
     */
    Walker walker(Future<?> end) {
        return new Walker(end);
    }

    /** Whether there was a place; it must be left. */
    boolean enter() {
        return places.tryAcquire();
    }

    private Problem full() {
        return Problem.overloaded(
                walks + ": " + most + " (expected: fewer on one instance; nothing was done; repeat the request later)");
    }

    /** One walk, with a place or without. */
    final class Walker {
        private final Future<?> end;
        private boolean hasPlace;

        private Walker(Future<?> end) {
            this.end = end;
        }

        /** It has met so many holders: fails if it needs a place now, and there is none. */
        Future<Void> met(int holders) {
            if (hasPlace || holders <= small) {
                return Future.succeededFuture();
            }
            if (!enter()) {
                return Future.failedFuture(full());
            }
            hasPlace = true;
            end.onComplete(over -> places.release());
            return Future.succeededFuture();
        }
    }
}
