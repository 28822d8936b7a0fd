package io.revoker.faults;

import io.revoker.faults.FaultProxy.Share;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** A kind of Redis, and what can happen to it and to those who use it. */
@SuppressWarnings("ImmutableEnumChecker") // both functions are method references without state
enum Topology {
    ONE(Servers.One::start, Topology::anyOfOne),
    /** With instances in processes of their own. */
    PACKAGED(Servers.One::start, Topology::anyOfPackaged),
    /** Whose clock can be set. */
    CLOCK(Servers.One::startWithClock, Topology::anyOfClock),
    SENTINEL(Servers.Watched::start, Topology::anyOfWatched),
    CLUSTER(Servers.Sharded::start, Topology::anyOfSharded);

    private static final int FAULTS = 3;
    private static final int LONGEST_STEP_SECONDS = 90;

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

    /** How many a schedule has: a fail-over takes seconds, and there is one way only. */
    int faults() {
        return this == SENTINEL ? 1 : FAULTS;
    }

    private static Fault anyOfOne(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> Fault.redisKilled();
            case 1, 2 -> Fault.redisFrozen();
            case 3 -> Fault.memoryFull();
            case 4 -> Fault.diskFull();
            case 5, 6 -> Fault.serviceKilled(instance(random));
            case 7 -> Amnesia.emptied();
            case 8 -> Amnesia.startedEmpty();
            case 9 -> Amnesia.olderSnapshot();
            case 10 -> Amnesia.evicting();
            case 11, 12 -> anyOfClients(random, share(random));
            case 13 -> Fault.linkCut(instance(random), share(random));
            default -> Fault.link(harm(random), instance(random), share(random));
        };
    }

    private static Fault anyOfPackaged(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Fault.serviceFrozen(instance(random));
            case 1 -> Fault.serviceKilled(instance(random));
            default -> anyOfOne(random);
        };
    }

    private static Fault anyOfClock(Random random) {
        int seconds = 1 + random.nextInt(LONGEST_STEP_SECONDS);
        return switch (random.nextInt(4)) {
            case 0 -> Fault.clockStep(Duration.ofSeconds(seconds));
            case 1 -> Fault.clockStep(Duration.ofSeconds(-seconds));
            case 2 -> Fault.serviceKilled(instance(random));
            default -> anyOfOne(random);
        };
    }

    private static Fault anyOfClients(Random random, Share share) {
        return random.nextInt(5) == 0
                ? Fault.clientsCut(instance(random))
                : Fault.clients(harm(random), instance(random), share);
    }

    private static Fault anyOfWatched(Random random) {
        return random.nextBoolean() ? FailOvers.sentinel() : FailOvers.sentinelFrozen();
    }

    private static Fault anyOfSharded(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> FailOvers.cluster();
            case 1 -> Fault.serviceKilled(instance(random));
            case 2 -> FailOvers.clusterNode(random);
            case 3 -> FailOvers.clusterNodeFrozen(random);
            case 4 -> Fault.clients(harm(random), instance(random), Share.ALL);
            default -> FailOvers.slots(random);
        };
    }

    private static int instance(Random random) {
        return random.nextInt(Site.INSTANCES);
    }

    private static Share share(Random random) {
        return random.nextInt(3) == 0 ? Share.EVERY_SECOND : Share.ALL;
    }

    private static Behaviour harm(Random random) {
        Behaviour[] all = Behaviour.values();
        return all[1 + random.nextInt(all.length - 1)];
    }
}
