package io.revoker.feed;

import io.revoker.domain.TokenId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The newest single tokens whose revocation this node has acknowledged or read: should the store lose them, they can be invalidated again. What is too
 * much for a part of the heap is forgotten, the oldest first.
 */
final class RecentTokens {
    /** Of the heap, used at most. */
    private static final int HEAP_SHARE = 64;

    /** An id of 32 bytes, its entry, and the place for that. */
    private static final int BYTES_EACH = 80;

    /** What is acknowledged here is read from the log a moment later, and counts once. */
    private static final int TOLD_TWICE_WITHIN = 10_000;

    private final long most;
    private final Set<TokenId> recent = new LinkedHashSet<>();
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
        recent.add(id);
        if (recent.size() > most) {
            recent.remove(recent.iterator().next());
        }
    }

    synchronized boolean contain(TokenId id) {
        return recent.contains(id);
    }

    /** Oldest first. */
    synchronized List<TokenId> all() {
        return List.copyOf(recent);
    }
}
