package io.revoker.redis.link;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is sent over all connections to Redis. */
public final class RedisMeters {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMeters.class);

    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final ReplicaWatch replicas;
    private final Timer answered;
    private final Timer failed;

    /** @param demanded replicas that a revocation waits for */
    public RedisMeters(MeterRegistry registry, int demanded) {
        replicas = new ReplicaWatch(registry, demanded);
        Gauge.builder("revoker.redis.connections", connections, AtomicInteger::get)
                .description("Supervised connections to Redis that are open.")
                .register(registry);
        Gauge.builder("revoker.redis.connections.wanted", wanted, AtomicInteger::get)
                .description("Connections to Redis that should be open; missing ones are being retried.")
                .register(registry);
        answered = timer(registry, "answered");
        failed = timer(registry, "failed");
    }

    ReplicaWatch replicas() {
        return replicas;
    }

    void wanted() {
        wanted.incrementAndGet();
    }

    void unwanted() {
        wanted.decrementAndGet();
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    /** Times a batch, or a command that is sent alone. */
    <T> Future<T> time(Future<T> replies) {
        long began = System.nanoTime();
        return replies.onComplete(
                done -> answered.record(System.nanoTime() - began, TimeUnit.NANOSECONDS),
                failure -> failed.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("revoker.redis.batches")
                .description("Time that Redis took for a batch of commands, or for a command that was sent alone.")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofNanos(250_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
    }

    /**
     * Warns when a primary has more replicas than a revocation waits for: a replica that has not confirmed the
     * revocation may take over, and then the revocation is lost.
     */
    static final class ReplicaWatch {
        private final int demanded;
        private final Map<Object, Integer> seen = new ConcurrentHashMap<>();
        private int lastReported;

        ReplicaWatch(MeterRegistry registry, int demanded) {
            this.demanded = demanded;
            Gauge.builder("revoker.redis.replicas", this, watch -> watch.most())
                    .description(
                            "Replicas that are connected to the primary of Redis; in a Cluster, to the one with the most replicas.")
                    .register(registry);
            Gauge.builder("revoker.redis.replicas.demanded", () -> demanded)
                    .strongReference(true)
                    .description("Replicas that a revocation waits for.")
                    .register(registry);
        }

        /** @param connection over which they were seen */
        void see(Object connection, int replicas) {
            seen.put(connection, replicas);
            warnOfSurplus();
        }

        void forget(Object connection) {
            seen.remove(connection);
        }

        private int most() {
            return seen.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        /** Once for each change. */
        private synchronized void warnOfSurplus() {
            int most = most();
            if (most != lastReported && most > demanded) {
                LOG.atWarn()
                        .addKeyValue("replicas", most)
                        .addKeyValue("demanded", demanded)
                        .log("redis has more replicas than a revocation waits for: a fail-over may forget it");
            }
            lastReported = most;
        }
    }
}
