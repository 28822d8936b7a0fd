package io.revoker.domain.statuslists;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.statuslists.StatusListStore.Reached;
import io.revoker.domain.statuslists.StatusListStore.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be asked of the status lists. */
public final class StatusRequests {
    /** All requests and replies. */
    public static final List<Class<?>> MESSAGES = List.of(
            Allocate.class,
            Attach.class,
            Find.class,
            Begin.class,
            Read.class,
            Allocated.class,
            Attached.class,
            Found.class,
            Begun.class,
            Statuses.class);

    private StatusRequests() {}

    /** Requests indexes; the reply is {@link Allocated}. A token that has an index gets that one again. */
    public record Allocate(Wanted wanted) {}

    /**
     * Gives an index that was allocated before to a token that is about to be registered; the reply is
     * {@link Attached}.
     */
    public record Attach(StatusReference reference, TokenId token, StatusSubject subject, Instant expiresAt) {}

    /**
     * Requests lists; the reply is {@link Found}.
     *
     * @param id absent for all
     */
    public record Find(Optional<String> id, RealmScope scope) {}

    /** Requests from where to read the log, before the statuses of a realm are read; the reply is {@link Begun}. */
    public record Begin(RealmId realm) {}

    /**
     * Requests statuses; the reply is {@link Statuses}.
     *
     * @param reached what was read before, which is left out
     * @param indexes to look at again, at most {@value StatusListStore#PAGE}; if there are any, nothing else is read
     */
    public record Read(StatusList list, Reached reached, List<Integer> indexes) {
        public Read {
            indexes = List.copyOf(indexes);
        }
    }

    /** The reply with indexes. */
    public record Allocated(List<StatusReference> references) {
        public Allocated {
            references = List.copyOf(references);
        }
    }

    /** The reply about an index that a token is to have. */
    public record Attached(Outcome outcome) {
        /** What became of it. */
        public enum Outcome {
            DONE,
            /** It was not allocated for such a token, or expires before it. */
            UNKNOWN,
            /** Another token has it. */
            TAKEN,
            /** A revocation has covered it since. */
            REVOKED
        }
    }

    /** The reply with lists. */
    public record Found(List<StatusList> lists) {
        public Found {
            lists = List.copyOf(lists);
        }
    }

    /**
     * The reply with the newest entry of the log.
     *
     * @param recent the {@linkplain TokenId#firstBits first bits} of the ids of single tokens that were revoked a short
     * while before: some of these revocations may still have to be carried out
     */
    public record Begun(Stamp newest, List<Long> recent) {
        public Begun {
            recent = List.copyOf(recent);
        }
    }

    /**
     * The reply with statuses.
     *
     * @param reached with them, as in {@link StatusListStore.Page}
     */
    public record Statuses(List<Status> statuses, Reached reached) {
        public Statuses {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * The status of an index.
     *
     * @param token the first bits of the id of its token; 0 for none
     * @param jti the first bits of its id by its claim {@code jti}; 0 for none
     * @param user the bits of the id of the mark of its user
     */
    public record Status(int index, long token, long jti, long user, boolean dead) {}
}
