package io.revoker.redis.keys;

/**
 * The keys of the audit trail, in the slot of the log: what confirms a revocation to the replicas confirms what was
 * announced of it, too.
 */
public final class AuditKeys {
    private final String prefix;

    AuditKeys(String prefix) {
        this.prefix = prefix + ":{log}:audit";
    }

    /** Stream: packs of entries of acts. */
    public String acts() {
        return prefix;
    }

    /** Stream: packs of entries of what is counted together. */
    public String counts() {
        return prefix + ":counts";
    }

    /**
     * Hash: the end of each chain of entries; with {@code <} before its id what the retention has removed of it last,
     * with {@code ~} the signature of its end; and in the fields {@code +acts} and {@code +counts} the bytes of all
     * entries there ever were in these streams.
     */
    public String chains() {
        return prefix + ":chains";
    }

    /** Hash: the acts that are about to be done, or whose entries are about to be written. */
    public String announced() {
        return prefix + ":announced";
    }
}
