package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;

/**
 * Why a revocation that is in force is answered without its counts. Each message begins with the most important part:
 * the tokens are dead.
 */
final class Uncounted {
    private Uncounted() {}

    static Problem of(Stamp sweep, String why) {
        return Problem.uncounted("the tokens are dead, but not all are counted: sweep " + sweep + ": " + why);
    }

    /** The counts are still to come. */
    static Problem yet(Stamp sweep, String why) {
        return of(sweep, why + "; repeat the revocation to go on waiting, or see /v1/sweeps/" + sweep);
    }

    static Problem stopped(Stamp sweep) {
        return of(sweep, "stopped (expected: an end)");
    }

    static Problem interrupted(Stamp sweep) {
        return yet(sweep, "interrupted; an instance resumes it");
    }
}
