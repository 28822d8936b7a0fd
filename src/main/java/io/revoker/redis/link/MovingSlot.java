package io.revoker.redis.link;

/** A slot of a Cluster was on its way from one node to another for as long as a call was tried. */
public final class MovingSlot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovingSlot(int slot) {
        super("slot " + slot + " is on its way to another node of the Cluster", null, false, false);
    }
}
