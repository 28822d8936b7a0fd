package io.revoker.domain;

/**
 * What an acknowledged revocation survives.
 *
 * @param replicas that have acknowledged it; 0 if none was asked for
 */
public record Durability(Fsync fsync, int replicas) {
    /** Nothing was written. */
    public static final Durability NOTHING = new Durability(Fsync.UNKNOWN, 0);

    /** When the store's append-only file reaches the disk (Redis: {@code appendfsync}), weakest first. */
    public enum Fsync {
        /** The store does not say. */
        UNKNOWN,
        /** There is no append-only file: a restart loses what was not yet in a snapshot. */
        NONE,
        /** When the operating system decides. */
        NO,
        /** Every second: a power failure loses at most about that. */
        EVERYSEC,
        /** Before the acknowledgement. */
        ALWAYS
    }
}
