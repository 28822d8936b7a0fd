package io.revoker.near;

import io.revoker.domain.TokenId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of entries. Each has four places where it may be; a new one takes that of the one that was asked about
 * longest ago. Used by every event loop: of two that write to the same place, one wins.
 */
final class NearTable {
    private static final int WAYS = 4;

    private final AtomicReferenceArray<@Nullable NearEntry> places;
    private final int sets;

    NearTable(int size) {
        this.sets = Math.max(1, size / WAYS);
        this.places = new AtomicReferenceArray<>(sets * WAYS);
    }

    @Nullable
    NearEntry get(TokenId id) {
        int first = first(id);
        for (int place = first; place < first + WAYS; place++) {
            NearEntry held = places.get(place);
            if (held != null && held.isOf(id)) {
                return held;
            }
        }
        return null;
    }

    void put(NearEntry entry) {
        int first = first(entry.token().id());
        int oldest = first;
        long askedAt = Long.MAX_VALUE;
        for (int place = first; place < first + WAYS; place++) {
            NearEntry held = places.get(place);
            if (held == null || held.isOf(entry.token().id())) {
                oldest = place;
                break;
            }
            if (held.askedAt() - entry.askedAt() < askedAt) {
                askedAt = held.askedAt() - entry.askedAt();
                oldest = place;
            }
        }
        places.set(oldest, entry);
    }

    /** How many there are; looks at all places. */
    int count() {
        int count = 0;
        for (int place = 0; place < places.length(); place++) {
            if (places.get(place) != null) {
                count++;
            }
        }
        return count;
    }

    /** The bits of an id are those of a hash: all are as good. */
    private int first(TokenId id) {
        return (int) (((id.firstBits() >>> 33) * sets) >>> 31) * WAYS;
    }
}
