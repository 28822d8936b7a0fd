package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The newest single tokens whose revocation this node has acknowledged or read: should the store lose them, they can be invalidated again. What is too
 * much for a part of the heap is forgotten, the oldest first.
 */
final class RecentTokens {
    /** Of the heap, used at most. */
    private static final int HEAP_SHARE = 64;

    /** An id of 32 bytes, its stamp, its entry, and the place for that. */
    private static final int BYTES_EACH = 112;

    /** What is acknowledged here is read from the log a moment later, and counts once. */
    private static final int TOLD_TWICE_WITHIN = 10_000;

    private final long most;
    private final Map<TokenId, Long> recent = new LinkedHashMap<>();
    private final Set<Long> stamps = new LinkedHashSet<>();

    RecentTokens() {
        this(Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_EACH);
    }

    RecentTokens(long most) {
        this.most = most;
    }

    synchronized void add(TokenId id, long stamp) {
        if (!stamps.add(stamp)) {
            return;
        }
        if (stamps.size() > TOLD_TWICE_WITHIN) {
            stamps.remove(stamps.iterator().next());
        }
        recent.remove(id); // to be the newest again
        recent.put(id, stamp);
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
