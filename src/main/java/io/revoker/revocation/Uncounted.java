package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;

/** Why a revocation that is in force is answered without its counts. Whoever reads no further has read that the tokens are dead. */
final class Uncounted {
    private Uncounted() {}

    static Problem of(Stamp sweep, String why) {
        return Problem.uncounted("the tokens are dead, but not all are counted: sweep " + sweep + ": " + why);
    }

    /** It can still be counted. */
    static Problem yet(Stamp sweep, String why) {
        return of(sweep, why + "; repeat the revocation to go on waiting, or see /v1/sweeps/" + sweep);
    }

    static Problem stopped(Stamp sweep) {
        return of(sweep, "stopped (expected: an end)");
    }

    static Problem goesOnElsewhere(Stamp sweep) {
        return yet(sweep, "goes on elsewhere");
    }
}
