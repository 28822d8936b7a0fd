package io.revoker.redis.link;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what goes over the connections to Redis, all of them together. */
public final class RedisMeters {
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final ReplicaWatch replicas;
    private final Timer answered;
    private final Timer failed;

    /** @param demanded replicas that a revocation waits for */
    public RedisMeters(MeterRegistry registry, int demanded) {
        replicas = new ReplicaWatch(registry, demanded);
        Gauge.builder("revoker.redis.connections", connections, AtomicInteger::get)
                .description("Supervised connections to Redis that stand.")
                .register(registry);
        Gauge.builder("revoker.redis.connections.wanted", wanted, AtomicInteger::get)
                .description("Connections to Redis that should stand: what is missing is being tried for.")
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

    /** A batch, or a command that goes by itself. */
    <T> Future<T> time(Future<T> replies) {
        long began = System.nanoTime();
        return replies.onComplete(
                done -> answered.record(System.nanoTime() - began, TimeUnit.NANOSECONDS),
                failure -> failed.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("revoker.redis.batches")
                .description("Time that Redis took for a batch of commands, or for one that went by itself.")
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
}
