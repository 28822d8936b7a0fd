package io.revoker.domain.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.TokenId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the lists are. Every method may be repeated, and fails with a {@link Problem}. */
public interface StatusListStore {
    /** Indexes that are allocated at a time, at most. */
    int MOST_TOGETHER = 100;

    /** Allocations that are read at a time, at most. */
    int PAGE = 256;

    /**
     * Gives unused indexes, at random, to tokens of one subject. Fails if a lock covers the subject, or
     * if there are too many lists.
     */
    Future<List<StatusReference>> allocate(Wanted wanted);

    /** The index that a token was given with {@link #remember}; empty if it has none, or has expired. */
    Future<Optional<StatusReference>> referenceOf(TokenId token);

    /**
     * Notes the index of a token, unless it has one.
     *
     * @return the index that it has
     */
    Future<StatusReference> remember(TokenId token, StatusReference reference, Instant expiresAt);

    /**
     * Notes which token has an index that was allocated before there was a token, and what is known of the token. Birth
     * and expiry of the allocation stay.
     */
    Future<Attached> attach(StatusReference reference, TokenId token, StatusSubject subject);

    /** A list that has not ended. */
    Future<Optional<StatusList>> find(String id);

    /** All lists that have not ended. */
    Future<List<StatusList>> all();

    /**
     * Some of the allocations of a list, in the order in which they were made or changed, behind those that were read.
     */
    Future<Page> page(StatusList list, Reached reached);

    /** Those of the indexes that are allocated. */
    Future<List<Placed>> read(StatusList list, List<Integer> indexes);

    /**
     * Requests indexes.
     *
     * @param token that has the index, if it is registered already
     * @param count 1 to {@value #MOST_TOGETHER}
     */
    record Wanted(StatusSubject subject, Optional<TokenId> token, Instant expiresAt, int count, ListShape shape) {}

    /** What became of a token that is to have an index. */
    enum Attached {
        DONE,
        /** It was not allocated, or its token has expired. */
        UNKNOWN,
        /** Another token has it. */
        TAKEN
    }

    /** An index and who has it. */
    record Placed(int index, Allocation allocation) {}

    /**
     * How far the allocations of a list have been read.
     *
     * @param number how many there were
     * @param last the index of the last one
     */
    record Reached(int number, int last) {
        public static final Reached NOTHING = new Reached(0, 0);
    }

    /**
     * Some allocations.
     *
     * @param reached with them; {@link Reached#NOTHING} if the store has lost some of those that were read before, so
     * that all must be read anew
     */
    record Page(List<Placed> allocations, Reached reached) {
        public Page {
            allocations = List.copyOf(allocations);
        }
    }
}
