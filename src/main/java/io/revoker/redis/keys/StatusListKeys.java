package io.revoker.redis.keys;

import io.revoker.domain.RealmId;
import io.revoker.domain.TokenId;
import java.time.Instant;

/** The keys of the status lists. */
public final class StatusListKeys {
    private final String prefix;

    /** Hash: the lists, by their ids. Lives as long as its last list. */
    public final String lists;

    /** Hash: the list that is being filled, by realm and end. Lives as long as its last list. */
    public final String open;

    public StatusListKeys(String prefix) {
        this.prefix = prefix;
        this.lists = prefix + ":{status}:lists";
        this.open = prefix + ":{status}:open";
    }

    /** The field of a realm and an end in {@link #open}. */
    public String field(RealmId realm, Instant end) {
        return Long.toString(end.getEpochSecond()) + ' ' + realm.key();
    }

    /** Hash: the allocations of a list, see {@code AllocationBytes}, by their indexes. Lives as long as the list. */
    public String allocations(String list) {
        return prefix + ":l:{" + list + '}';
    }

    /** List: the indexes, in the order in which they were allocated or changed. Lives as long as the list. */
    public String order(String list) {
        return allocations(list) + "o";
    }

    /**
     * Hash: the indexes of the tokens whose ids begin with the same three characters. Lives as long as its longest
     * token.
     */
    public String references(TokenId token) {
        return prefix + ":y:" + TokenBits.bucket(token.bytes());
    }
}
