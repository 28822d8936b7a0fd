package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest single tokens whose revocation this node has acknowledged or read: should the store lose them, they can be invalidated again. What is too
 * much for a part of the heap is forgotten, the oldest first.
 */
final class RecentTokens {
    /** Of the heap, used at most. */
    private static final int HEAP_SHARE = 64;

    /** An id of 32 bytes, its stamp, its entry, and the place for that. */
    private static final int BYTES_EACH = 112;

    private final long most;
    private final Map<TokenId, Long> recent = new LinkedHashMap<>();

    RecentTokens() {
        this(Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_EACH);
    }

    RecentTokens(long most) {
        this.most = most;
    }

    /** What is acknowledged here is read from the log a moment later: it may be told again, and late. */
    synchronized void add(TokenId id, long stamp) {
        long before = Optional.ofNullable(recent.remove(id)).orElse(stamp); // to be the newest again
        recent.put(id, Math.max(before, stamp));
        if (recent.size() > most) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    /** One that was born after the revocation is another token with the same text. */
    synchronized boolean contain(TokenId id, Stamp birth) {
        return recent.getOrDefault(id, 0L) > birth.micros();
    }

    /** Oldest first. */
    synchronized List<RevokedToken> all() {
        return recent.entrySet().stream()
                .map(one -> new RevokedToken(one.getKey(), new Stamp(one.getValue())))
                .toList();
    }
}
