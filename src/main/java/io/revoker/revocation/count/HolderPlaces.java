package io.revoker.revocation.count;

import io.revoker.domain.Problem;
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

    boolean needPlace(int holders) {
        return holders > small;
    }

    /** Whether there was a place; it must be {@linkplain #leave left}. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /** Why there was none. */
    Problem full() {
        return Problem.overloaded(
                walks + ": " + most + " (expected: fewer on one instance; nothing was done; repeat the request later)");
    }
}
