package io.revoker.revocation.near;

import io.revoker.domain.near.NearLeases.Held;
import io.revoker.domain.near.NearLeases.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long leases have not been renewed, by the clock of this instance: if that of the store is set back, one that has
 * run out would look as if it lasted. Used by one event loop only.
 */
final class Unchanged {
    private final LongSupplier nanos;
    private Map<String, Since> known = new HashMap<>();

    private record Since(Instant heard, long seenAt) {}

    Unchanged(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void look(Held held) {
        long now = nanos.getAsLong();
        Map<String, Since> next = new HashMap<>();
        for (Known one : held.leases()) {
            String name = one.lease().instance();
            Since before = known.getOrDefault(name, new Since(Instant.MIN, now));
            next.put(name, before.heard().equals(one.heard()) ? before : new Since(one.heard(), now));
        }
        known = next;
    }

    /** Whether a lease has not been renewed for longer than its bound. */
    boolean hasRunOut(Known one) {
        Since since = known.get(one.lease().instance());
        return since != null
                && Duration.ofNanos(nanos.getAsLong() - since.seenAt())
                                .compareTo(one.lease().bound())
                        > 0;
    }
}
