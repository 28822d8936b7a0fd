package io.revoker.faults;

import io.revoker.faults.FaultProxy.Share;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that goes wrong for a while.
 *
 * @param kind what the table of results has a line for
 * @param place where; two faults at one place don't go together
 */
record Fault(String kind, String place, Consumer<Site> begin, Consumer<Site> end) {
    /** The place of a fault that needs the rest of the site to be whole. */
    static final String EVERYTHING = "everything";

    /** What kinds begin with that make Redis forget. */
    static final String LOSS = "redis forgets, ";

    /** Of the way from an instance to Redis. */
    static Fault link(Behaviour behaviour, int instance, Share share) {
        return way(
                "redis " + name(behaviour),
                "link " + instance,
                behaviour,
                share,
                site -> site.links().get(instance));
    }

    /** Of the way from the clients to an instance. */
    static Fault clients(Behaviour behaviour, int instance, Share share) {
        return way(
                "clients " + name(behaviour),
                "entrance " + instance,
                behaviour,
                share,
                site -> site.instances().get(instance).entrance());
    }

    private static Fault way(
            String kind, String place, Behaviour behaviour, Share share, Function<Site, FaultProxy> proxy) {
        return new Fault(
                kind,
                place + (share == Share.ALL ? "" : ", every second connection"),
                site -> proxy.apply(site).behave(behaviour, share),
                site -> proxy.apply(site).behave(Behaviour.PASS, Share.ALL));
    }

    static Fault linkCut(int instance, Share share) {
        return once(
                "redis cut off",
                "link " + instance,
                site -> site.links().get(instance).cut(share));
    }

    static Fault clientsCut(int instance) {
        return once(
                "clients cut off",
                "entrance " + instance,
                site -> site.instances().get(instance).entrance().cut(Share.ALL));
    }

    static Fault serviceKilled(int instance) {
        return new Fault(
                "service killed",
                "service " + instance,
                site -> site.instances().get(instance).kill(),
                site -> site.instances().get(instance).start());
    }

    static Fault serviceFrozen(int instance) {
        return new Fault(
                "service frozen",
                "service " + instance,
                site -> site.instances().get(instance).freeze(),
                site -> site.instances().get(instance).thaw());
    }

    static Fault redisFrozen() {
        return redis("redis frozen", RedisProcess::freeze, RedisProcess::thaw);
    }

    static Fault redisKilled() {
        return redis("redis killed", RedisProcess::kill, RedisProcess::start);
    }

    static Fault memoryFull() {
        return redis("memory full", server -> set(server, "1"), server -> set(server, "0"));
    }

    static Fault diskFull() {
        return redis("disk full", RedisProcess::fillDisk, RedisProcess::freeDisk);
    }

    /** Of Redis' clock, and back again. */
    static Fault clockStep(Duration by) {
        return new Fault(
                "clock " + (by.isNegative() ? "back" : "ahead"),
                "clock, " + by.toSeconds() + " s",
                site -> FailOvers.only(site).clock().orElseThrow().set(by),
                site -> FailOvers.only(site).clock().orElseThrow().set(Duration.ZERO));
    }

    static Fault once(String kind, String place, Consumer<Site> begin) {
        return new Fault(kind, place, begin, site -> {});
    }

    private static Fault redis(String kind, Consumer<RedisProcess> begin, Consumer<RedisProcess> end) {
        return new Fault(
                kind, "redis", site -> begin.accept(FailOvers.one(site)), site -> end.accept(FailOvers.one(site)));
    }

    private static void set(RedisProcess server, String maxMemory) {
        try (RedisClient client = server.client()) {
            client.call("CONFIG", "SET", "maxmemory", maxMemory);
        }
    }

    private static String name(Behaviour behaviour) {
        return behaviour.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Of what goes on in one place only one thing may happen at a time, and nothing at all beside what happens to everything. */
    boolean goesWith(Fault other) {
        return !part().equals(EVERYTHING) && !other.part().equals(EVERYTHING) && !part().equals(other.part());
    }

    /** Whether Redis forgets what it acknowledged. It takes the instances a while to see that. */
    boolean isLoss() {
        return kind.startsWith(LOSS);
    }

    private String part() {
        return place.split(",", 2)[0];
    }

    @Override
    public String toString() {
        return kind + " (" + place + ")";
    }
}
