package io.revoker.domain.audit;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditRequests.Order;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The pack of a place; absent if it has been removed. */
    Future<Optional<Kept>> find(String place);

    /** The chains that have not been removed. */
    Future<List<Chain>> chains();

    /** Adds a signature to the end of a chain. */
    Future<Void> sign(String chain, String signature);

    /** Some acts whose deadline was before a time, and whose entries are not written. */
    Future<Map<String, Announced>> unfinished(Instant before);

    /** All acts that a step had done before the call, and whose entries are not written. Fails if they are too many. */
    Future<Map<String, Announced>> noted();

    /** Removes some of the oldest entries: those that are older, and as many as are more than the most bytes. */
    Future<Trimmed> trim(Series series, Duration retention, long mostBytes);

    /** Removes the ends of some chains of which no entry is left, and to which none was added for so long. */
    Future<Void> dropChains(Duration retention);

    /**
     * An act whose entry is not written: it is about to be done, or was done in one step.
     *
     * @param deadline from then on, another instance may write its end
     * @param facts the members of its entry that are known
     * @param done what the step has done; empty if that is not known
     */
    record Announced(Instant deadline, String facts, Optional<Done> done) {
        /** One that is about to be done. */
        public Announced(Instant deadline, String facts) {
            this(deadline, facts, Optional.empty());
        }
    }

    /** What a step has done that revoked a token. */
    record Done(Stamp stamp, Tally tally) {}

    /** Entries that are kept apart, so that many of the one don't push out the others. */
    enum Series {
        /** Entries of one act each. */
        ACTS,
        /** Entries of acts that are counted together. */
        COUNTS;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Entries that follow one another in a chain.
     *
     * @param before the entry before them
     * @param lines at least one, without line breaks
     * @param last of them
     * @param acts whose ends they are
     * @param contested from then on, another instance may have written the ends of these acts: so they must still
     *     be announced
     */
    record Pack(
            Series series,
            String chain,
            Link before,
            List<String> lines,
            Link last,
            List<String> acts,
            Instant contested) {
        public Pack {
            lines = List.copyOf(lines);
            acts = List.copyOf(acts);
        }
    }

    /**
     * What became of a pack.
     *
     * @param told the acts whose ends another instance has written
     */
    record Written(Way way, Set<String> told) {
        public static final Written DONE = new Written(Way.DONE, Set.of());
        public static final Written OTHER_END = new Written(Way.OTHER_END, Set.of());

        /** Only when it is done, something was added. */
        public enum Way {
            DONE,
            /** The store knows another end of the chain, or none: it has lost some, or it was changed from outside. */
            OTHER_END,
            /** Another instance has written the ends of some of the acts. */
            ALREADY_TOLD
        }

        public Written {
            told = Set.copyOf(told);
        }
    }

    /**
     * What is left after some entries were removed.
     *
     * @param more whether there may be more of them to remove; then the rest is not known
     * @param bytes of the entries that are left
     * @param oldest when the oldest of them were written; absent if there are none
     * @param early whether some were removed only because there were too many bytes
     */
    record Trimmed(boolean more, long bytes, Optional<Instant> oldest, boolean early) {}

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
    record Range(Order order, Optional<String> after, Optional<Instant> since, Optional<Until> until) {}

    /**
     * Up to when entries were written.
     *
     * @param acts those of one act each
     * @param counts those of acts that are counted together
     */
    record Until(Instant acts, Instant counts) {
        public Instant of(Series series) {
            return switch (series) {
                case ACTS -> acts;
                case COUNTS -> counts;
            };
        }
    }
}
