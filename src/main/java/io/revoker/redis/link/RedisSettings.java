package io.revoker.redis.link;

import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;

/**
 * How to reach Redis and how long to wait for it.
 *
 * @param options with the addresses; for a Cluster those of some of its nodes
 * @param maxInFlight commands that may be unanswered on one connection; further ones fail at once
 * @param clock learns the time from the server whose time counts
 */
public record RedisSettings(
        RedisOptions options,
        Servers servers,
        Duration connectTimeout,
        Duration callTimeout,
        Duration heartbeat,
        int maxInFlight,
        RedisMeters meters,
        RedisClock clock) {

    /** Which servers hold the keys. */
    public enum Servers {
        /** One primary, whether it is configured or found by Sentinel. */
        ONE,
        /** The primaries of a Cluster, each for some of the slots. */
        CLUSTER
    }

    /** The same for one node of the Cluster: all nodes have the same scheme, user and password. */
    RedisSettings at(Address node) {
        String seed = options.getEndpoints().get(0);
        return new RedisSettings(
                new RedisOptions(options).setEndpoints(List.of(seed.substring(0, hostAt(seed)) + node)),
                servers,
                connectTimeout,
                callTimeout,
                heartbeat,
                maxInFlight,
                meters,
                clock);
    }

    /** The nodes that are configured. */
    List<Address> nodes() {
        return options.getEndpoints().stream()
                .map(url -> Address.parse(url.substring(hostAt(url))))
                .toList();
    }

    private static int hostAt(String url) {
        return Math.max(url.lastIndexOf('@'), url.lastIndexOf('/')) + 1;
    }
}
