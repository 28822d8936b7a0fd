package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.Yardstick.Shape;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Plain SETs a second on a topology, of one key and of a million: the ceiling of a sweep that would write a key for each token. */
record SetRates(Map<Persistence, Rate> rates) {
    private static final int COUNT = 1_000_000;
    static final Shape HOT = Shape.hot(COUNT);
    static final Shape SPREAD = Shape.spread(COUNT);

    /** Of one key, and of many. */
    record Rate(double hot, double spread) {}

    static SetRates measure(Program redisBenchmark, Topology topology) throws IOException, InterruptedException {
        Map<Persistence, Rate> rates = new EnumMap<>(Persistence.class);
        RedisBenchmark sets = new RedisBenchmark(
                redisBenchmark,
                topology.first().server().port(),
                topology.isCluster() ? RedisBenchmark.Servers.CLUSTER : RedisBenchmark.Servers.ONE);
        for (Persistence persistence : Persistence.values()) {
            topology.persist(persistence);
            rates.put(persistence, new Rate(sets.setsPerSecond(HOT), sets.setsPerSecond(SPREAD)));
        }
        return new SetRates(rates);
    }

    Rate of(Persistence persistence) {
        return rates.getOrDefault(persistence, new Rate(Double.NaN, Double.NaN));
    }

    /** In the middle between these and others. */
    SetRates and(SetRates others) {
        Map<Persistence, Rate> middle = new EnumMap<>(Persistence.class);
        rates.forEach((persistence, rate) -> {
            Rate other = others.of(persistence);
            middle.put(persistence, new Rate((rate.hot + other.hot) / 2, (rate.spread + other.spread) / 2));
        });
        return new SetRates(middle);
    }
}
