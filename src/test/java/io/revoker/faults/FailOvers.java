package io.revoker.faults;

import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Faults of a Redis that consists of several servers. */
final class FailOvers {
    private static final String PLACE = Fault.EVERYTHING;
    /** A replica is behind by less. */
    private static final long BEHIND_NANOS = Duration.ofSeconds(2).toNanos();

    private FailOvers() {}

    /** The sentinel makes the replica the primary while the old one stands still, and finds itself a primary when it wakes. */
    static Fault sentinelFrozen() {
        AtomicLong frozen = new AtomicLong();
        return new Fault(
                "sentinel fail-over, old primary frozen",
                PLACE,
                site -> {
                    watched(site).primary().freeze();
                    frozen.set(System.nanoTime());
                },
                site -> {
                    awaitFailOver(watched(site));
                    watched(site).primary().thaw();
                    awaitReplica(watched(site));
                    site.losses().registrationsMayBeGone(frozen.get() - BEHIND_NANOS, frozen.get(), System.nanoTime());
                });
    }

    /**
     * The Sentinel makes the replica the primary. The last registrations may not have reached the replica. The old
     * primary, once it is back, accepts writes until it becomes a replica; the new primary does not get them.
     */
    static Fault sentinel() {
        AtomicLong killed = new AtomicLong();
        return new Fault(
                "sentinel fail-over",
                PLACE,
                site -> {
                    watched(site).primary().kill();
                    killed.set(System.nanoTime());
                },
                site -> {
                    comeBack(watched(site));
                    site.losses().registrationsMayBeGone(killed.get() - BEHIND_NANOS, killed.get(), System.nanoTime());
                });
    }

    private static void comeBack(Servers.Watched servers) {
        awaitFailOver(servers);
        servers.primary().start();
        awaitReplica(servers);
    }

    private static void awaitFailOver(Servers.Watched servers) {
        Waiting.until(
                "the sentinel names the replica",
                () -> servers.sentinel().primary() == servers.replica().port());
    }

    private static void awaitReplica(Servers.Watched servers) {
        Waiting.until("the old primary is a replica", () -> isReplica(servers.primary()));
    }

    /** It ends its connections when it becomes one. */
    private static boolean isReplica(RedisProcess server) {
        try {
            return !RedisCluster.isPrimary(server);
        } catch (UncheckedIOException cutOff) {
            return false;
        }
    }

    private static Servers.Watched watched(Site site) {
        return (Servers.Watched) site.servers();
    }

    /** Replicas take over while their primaries live. */
    static Fault cluster() {
        return Fault.once(
                "cluster fail-over",
                PLACE,
                site -> cluster(site).replicas().stream()
                        .filter(replica -> !RedisCluster.isPrimary(replica))
                        .forEach(RedisCluster::takeOver));
    }

    /** Back before a replica takes over. */
    static Fault clusterNode(Random random) {
        int node = random.nextInt(3);
        return new Fault(
                "cluster node killed",
                PLACE + ", node " + node,
                site -> cluster(site).primaries().get(node).kill(),
                site -> cluster(site).primaries().get(node).start());
    }

    static Fault clusterNodeFrozen(Random random) {
        int node = random.nextInt(3);
        return new Fault(
                "cluster node frozen",
                PLACE + ", node " + node,
                site -> cluster(site).primaries().get(node).freeze(),
                site -> cluster(site).primaries().get(node).thaw());
    }

    /** Some slots of our keys move, while they are used. */
    static Fault slots(Random random) {
        int user = random.nextInt(4);
        return Fault.once(
                "slots moved",
                PLACE,
                site -> IntStream.range(0, 3)
                        .mapToObj(shard -> "rv:g:{realm" + shard % 2 + "/" + shard + "}user" + user)
                        .map(key -> cluster(site).slotOf(key))
                        .forEach(slot -> cluster(site).move(slot)));
    }

    private static RedisCluster cluster(Site site) {
        return ((Servers.Sharded) site.servers()).cluster();
    }

    static RedisProcess one(Site site) {
        return only(site).server();
    }

    static Servers.One only(Site site) {
        return (Servers.One) site.servers();
    }
}
