package io.revoker.domain.audit;

import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditRequests.Order;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the audit trail is kept. Every method may be repeated, and fails with a {@link io.revoker.domain.Problem}. */
public interface AuditStore {
    /** The most entries that are written together. */
    int MOST_LINES = 256;

    /**
     * Keeps what is about to be done.
     *
     * @param acts at most {@value #MOST_LINES}, by names that no other act has
     */
    Future<Void> announce(Map<String, Announced> acts);

    /** Forgets what was announced, because it came to nothing. */
    Future<Void> forget(List<String> acts);

    /** Adds entries to a chain, if its end is the one before them, and forgets what was announced of them. */
    Future<Written> write(Pack pack);

    /** Packs from a place on, without those that the place is in. */
    Future<List<Kept>> read(Range range, int most);

    /** The chains that have not been removed. */
    Future<List<Chain>> chains();

    /** Adds a signature to the end of a chain. */
    Future<Void> sign(String chain, String signature);

    /** Some acts that were announced before a time, and are not over. */
    Future<Map<String, Announced>> unfinished(Instant before);

    /**
     * Removes the oldest entries: those that are older, and as many as are more than the most bytes.
     *
     * @return whether there may be more of them
     */
    Future<Boolean> trim(Duration retention, long mostBytes);

    /**
     * An act that is about to be done.
     *
     * @param facts the members of its entry that are known
     */
    record Announced(Instant time, String facts) {}

    /**
     * Entries that follow one another in a chain.
     *
     * @param before the entry before them
     * @param lines at least one, without line breaks
     * @param last of them
     * @param acts whose ends they are
     * @param owned whose acts they are; those of others must still be announced, or a third has written their ends
     */
    record Pack(String chain, Link before, List<String> lines, Link last, List<String> acts, Claim owned) {
        public Pack {
            lines = List.copyOf(lines);
            acts = List.copyOf(acts);
        }
    }

    /** Whose acts the entries are about. */
    enum Claim {
        /** Those of this instance. */
        OWN,
        /** Those of an instance that has ended: only one other may tell them. */
        LEFT_BEHIND
    }

    /** What became of a pack. */
    enum Written {
        DONE,
        /** The store knows another end of the chain, or none: it has lost some, or it was changed from outside. */
        OTHER_END,
        /** Another instance has written the ends of these acts. */
        ALREADY_TOLD
    }

    /**
     * A pack as it was kept.
     *
     * @param place in the order of all packs
     */
    record Kept(String place, List<String> lines) {
        public Kept {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Which packs.
     *
     * @param after the place of the pack before; absent to begin at the end of the time
     */
    record Range(Order order, Optional<String> after, Optional<Instant> since, Optional<Instant> until) {}
}
