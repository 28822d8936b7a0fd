package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;

/** A slot of a Cluster was on its way from one node to another for as long as a call was tried. */
final class MovingSlot extends Problem {
    private static final long serialVersionUID = 1L;

    MovingSlot(int slot) {
        super(Kind.UNAVAILABLE, "Redis: slot " + slot + " is on its way to another node of the Cluster", Tally.NONE);
    }
}
