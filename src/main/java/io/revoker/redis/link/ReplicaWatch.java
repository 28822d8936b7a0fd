package io.revoker.redis.link;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when a primary has more replicas than a revocation waits for: any of them can take over, also one that has not confirmed the revocation, and then it
 * is forgotten.
 */
final class ReplicaWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaWatch.class);

    private final int demanded;
    private final Map<Object, Integer> seen = new ConcurrentHashMap<>();
    private int told;

    ReplicaWatch(MeterRegistry registry, int demanded) {
        this.demanded = demanded;
        Gauge.builder("revoker.redis.replicas", this, watch -> watch.most())
                .description(
                        "Replicas that are connected to the primary of Redis; in a Cluster, to the one that has most of them.")
                .register(registry);
        Gauge.builder("revoker.redis.replicas.demanded", () -> demanded)
                .strongReference(true)
                .description("Replicas that a revocation waits for.")
                .register(registry);
    }

    /** @param link over which they were seen */
    void see(Object link, int replicas) {
        seen.put(link, replicas);
        tell();
    }

    void forget(Object link) {
        seen.remove(link);
    }

    private int most() {
        return seen.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Once for each change. */
    private synchronized void tell() {
        int most = most();
        if (most != told && most > demanded) {
            LOG.atWarn()
                    .addKeyValue("replicas", most)
                    .addKeyValue("demanded", demanded)
                    .log("redis has more replicas than a revocation waits for: a fail-over may forget it");
        }
        told = most;
    }
}
