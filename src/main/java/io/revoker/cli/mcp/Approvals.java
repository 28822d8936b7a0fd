package io.revoker.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What has been previewed, and may therefore be done: exactly that, for five minutes. At most {@value #MOST} are kept,
 * the newest.
 */
final class Approvals {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int MOST = 100;

    private final LongSupplier nanos;
    private final Map<String, Approved> byName = new LinkedHashMap<>();

    /** @param nanos a clock that is not set, such as that of {@link System#nanoTime} */
    Approvals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Approved(ObjectNode revocation, long until) {}

    /** Returns the name of a new approval. */
    synchronized String give(ObjectNode revocation) {
        if (byName.size() == MOST) {
            byName.remove(byName.keySet().iterator().next());
        }
        String name = UUID.randomUUID().toString();
        byName.put(name, new Approved(revocation.deepCopy(), nanos.getAsLong() + LIFETIME.toNanos()));
        return name;
    }

    /**
     * What was approved; empty if that is over, or never was. It stays, so that a call without an answer can be
     * repeated.
     */
    synchronized Optional<ObjectNode> find(String name) {
        return Optional.ofNullable(byName.get(name))
                .filter(approved -> nanos.getAsLong() - approved.until() < 0)
                .map(approved -> approved.revocation().deepCopy());
    }
}
