package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;

/**
 * The version of the layout of the data, and the number of shards of a realm, which are noted in Redis by the first
 * instance that starts: with other ones an instance would not find what is stored.
 *
 * <p>A version is raised when an instance of the one before can't read, or would damage, what is written from then on.
 */
record Layout(RedisLink link, Keys keys) {
    static final int VERSION = 1;

    /** The data as they are in Redis. */
    private record Noted(String version, String shards) {
        static Noted of(Response reply) {
            return new Noted(reply.get(0).toString(), reply.get(1).toString());
        }
    }

    /**
     * For an instance that starts. Fails if the data are of a newer version or have another number of shards; else
     * notes what is not noted yet.
     */
    Future<Void> claim() {
        return look().compose(noted -> isReadable(noted.version()) ? hasShards(noted) : newer(noted));
    }

    /**
     * For one that runs: notes it again if Redis has lost it, and fails if the number of shards is another one. A newer
     * version is no failure, so that instances can be upgraded one after the other.
     */
    Future<Void> keep() {
        return look().compose(this::hasShards);
    }

    private Future<Noted> look() {
        return link.send(Script.LAYOUT.call(keys.layout).arg(VERSION).arg(keys.realmShards()))
                .map(Noted::of);
    }

    private static boolean isReadable(String version) {
        return version.length() < String.valueOf(Integer.MAX_VALUE).length()
                && version.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(version) <= VERSION;
    }

    private Future<Void> newer(Noted noted) {
        return Future.failedFuture(Problem.unavailable("Redis: layout of the data: " + noted.version() + " (expected: "
                + VERSION + " or older; a newer release has written to " + keys.layout + ")"));
    }

    private Future<Void> hasShards(Noted noted) {
        return noted.shards().equals(Integer.toString(keys.realmShards()))
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.unavailable("redis.realm-shards: " + keys.realmShards() + " (expected: "
                        + noted.shards() + ", as the data in Redis have it, by " + keys.layout + ")"));
    }
}
