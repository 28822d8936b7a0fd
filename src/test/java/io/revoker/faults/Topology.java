package io.revoker.faults;

import io.revoker.faults.FaultProxy.Share;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** A kind of Redis, and what can happen to it. */
@SuppressWarnings("ImmutableEnumChecker") // both functions are method references without state
enum Topology {
    ONE(Servers.One::start, Topology::anyOfOne),
    SENTINEL(Servers.Watched::start, Topology::anyOfWatched),
    CLUSTER(Servers.Sharded::start, Topology::anyOfSharded);

    private final Supplier<Servers> servers;
    private final Function<Random, Fault> faults;

    Topology(Supplier<Servers> servers, Function<Random, Fault> faults) {
        this.servers = servers;
        this.faults = faults;
    }

    Servers start() {
        return servers.get();
    }

    Fault anyFault(Random random) {
        return faults.apply(random);
    }

    private static Fault anyOfOne(Random random) {
        int instance = random.nextInt(Site.INSTANCES);
        Share share = random.nextInt(3) == 0 ? Share.EVERY_SECOND : Share.ALL;
        return switch (random.nextInt(16)) {
            case 0 -> Fault.redisKilled();
            case 1, 2 -> Fault.redisFrozen();
            case 3 -> Fault.memoryFull();
            case 4 -> Fault.diskFull();
            case 5, 6 -> Fault.serviceKilled(instance);
            case 7 -> Fault.linkCut(instance, share);
            case 8, 9 -> anyOfClients(random, instance, share);
            default -> Fault.link(harm(random), instance, share);
        };
    }

    private static Fault anyOfClients(Random random, int instance, Share share) {
        return random.nextInt(5) == 0 ? Fault.clientsCut(instance) : Fault.clients(harm(random), instance, share);
    }

    private static Fault anyOfWatched(Random random) {
        return FailOvers.sentinel();
    }

    private static Fault anyOfSharded(Random random) {
        int instance = random.nextInt(Site.INSTANCES);
        return switch (random.nextInt(6)) {
            case 0 -> FailOvers.cluster();
            case 1 -> Fault.serviceKilled(instance);
            case 2 -> FailOvers.clusterNode(random);
            case 3 -> Fault.clients(harm(random), instance, Share.ALL);
            default -> FailOvers.slots(random);
        };
    }

    private static Behaviour harm(Random random) {
        Behaviour[] all = Behaviour.values();
        return all[1 + random.nextInt(all.length - 1)];
    }
}
