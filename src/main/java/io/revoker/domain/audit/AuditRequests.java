package io.revoker.domain.audit;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be asked of the audit trail. */
public final class AuditRequests {
    /** All requests and replies. */
    public static final List<Class<?>> MESSAGES =
            List.of(Find.class, Page.class, FindChains.class, Chains.class, Note.class, Noted.class);

    private AuditRequests() {}

    /** In which order entries come. */
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /**
     * Requests entries; the reply is {@link Page}.
     *
     * @param scope only those of the realms of the caller; a caller of some realms gets none that is of no realm
     * @param after the place of the last entry before, as {@link Page#next} has it; absent for the first page
     * @param limit the most entries of the page, 1 to {@value #MOST}
     */
    public record Find(RealmScope scope, Filter filter, Order order, Optional<String> after, int limit) {
        public static final int MOST = 1000;
    }

    /**
     * Which entries are meant: those that have all of these.
     *
     * @param kind by its name
     * @param outcome by its name
     * @param since inclusive; not before 1970, nor after 9999: there are no entries of other times
     * @param until exclusive; the same
     */
    public record Filter(
            Optional<RealmId> realm,
            Optional<UserName> user,
            Optional<String> caller,
            Optional<String> kind,
            Optional<String> outcome,
            Optional<Instant> since,
            Optional<Instant> until) {
        private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

        /** All of them. */
        public static final Filter ALL = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public Filter {
            since = since.map(Filter::bounded);
            until = until.map(Filter::bounded);
        }

        /** A time can be a billion years away, and then it can't be computed with. */
        private static Instant bounded(Instant time) {
            Instant began = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
            return began.isAfter(LAST) ? LAST : began;
        }
    }

    /**
     * The reply with entries.
     *
     * @param lines each a JSON object as it was written, to the byte
     * @param next where the next page begins; absent if there is nothing more. A page may be short, or empty, and have
     *     a next one all the same: only so many entries are looked at for one page
     */
    public record Page(List<String> lines, Optional<String> next) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /** Requests the ends of the chains; the reply is {@link Chains}. */
    public record FindChains() {}

    /** The reply with the chains. */
    public record Chains(List<Chain> chains) {
        public Chains {
            chains = List.copyOf(chains);
        }
    }

    /**
     * A chain of entries, as its end was recorded beside the entries.
     *
     * @param last its last entry
     * @param removed its last entry that the retention has removed; of number 0 if it has removed none
     * @param signature of its end, by a key of the service, in the form of a JWS; it may be some seconds behind
     */
    public record Chain(String id, Link last, Link removed, Instant written, Optional<String> signature) {}

    /**
     * An entry in its chain.
     *
     * @param number from 1
     * @param hash of the entry, in base64url; empty for the number 0
     */
    public record Link(long number, String hash) {
        /** Before the first one. */
        public static final Link NONE = new Link(0, "");
    }

    /** Requests an entry about something that is over; the reply is {@link Noted}. */
    public record Note(Act act, Result result) {}

    /** The reply once it is written. */
    public record Noted() {}
}
