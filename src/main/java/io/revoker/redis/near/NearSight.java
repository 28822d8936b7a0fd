package io.revoker.redis.near;

/**
 * Whether there are leases, as the replies to entries of the log say: a revocation asks no more than that if there are
 * none. Used by one event loop only.
 */
public final class NearSight {
    private static final String SOME = " near";

    private boolean some;

    /** Takes the reply of the script that appends. */
    public void take(String reply) {
        some = reply.endsWith(SOME);
    }

    /** For entries that are written without that script. */
    public void unknown() {
        some = true;
    }

    boolean some() {
        return some;
    }
}
