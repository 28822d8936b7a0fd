package io.revoker.revocation.near;

import io.revoker.domain.near.NearLeases.Held;
import io.revoker.domain.near.NearLeases.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How long leases have not been renewed, by the clock of this instance: if that of the store is set back, one that has
 * run out would look as if it lasted. Used by one event loop only.
 */
final class Unchanged {
    private final LongSupplier nanos;
    private Map<String, Since> known = new HashMap<>();
    private Set<String> ranOut = Set.of();

    private record Since(Instant heard, long seenAt) {}

    Unchanged(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes what was found.
     *
     * @param sentAt before the store was asked, by the same clock: later renewals are not known yet
     */
    void look(Held held, long sentAt) {
        long now = nanos.getAsLong();
        Map<String, Since> next = new HashMap<>();
        for (Known one : held.leases()) {
            String name = one.lease().instance();
            Since before = known.getOrDefault(name, new Since(Instant.MIN, now));
            next.put(name, before.heard().equals(one.heard()) ? before : new Since(one.heard(), now));
        }
        known = next;
        ranOut = held.leases().stream()
                .filter(one -> held.hasAllRenewals(one) && isOld(one, sentAt))
                .map(one -> one.lease().instance())
                .collect(Collectors.toSet());
    }

    private boolean isOld(Known one, long now) {
        Since since = known.get(one.lease().instance());
        return since != null
                && Duration.ofNanos(now - since.seenAt()).compareTo(one.lease().bound()) > 0;
    }

    /** Whether a lease had not been renewed for longer than its bound when the store was asked last. */
    boolean hasRunOut(Known one) {
        return ranOut.contains(one.lease().instance());
    }
}
