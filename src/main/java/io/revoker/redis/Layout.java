package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Optional;

/**
 * The version of the layout of the data, and the number of shards of a realm, which are noted in Redis by the first
 * instance that starts: with other ones an instance would not find what is stored.
 *
 * <p>A version is raised when an instance of the one before can't read, or would damage, what is written from then on.
 */
record Layout(RedisLink link, Keys keys) {
    static final int VERSION = 1;

    /** The data as they are in Redis. What is not noted is as this instance would note it. */
    private record Noted(String version, String shards) {
        static Noted of(Response reply, int shards) {
            return new Noted(
                    text(Optional.ofNullable(reply.get(0)), VERSION), text(Optional.ofNullable(reply.get(1)), shards));
        }

        private static String text(Optional<Response> noted, int otherwise) {
            return noted.map(Response::toString).orElseGet(() -> Integer.toString(otherwise));
        }
    }

    /**
     * For an instance that starts. Fails if the data are of a newer version or have another number of shards, and has
     * changed nothing then; else notes what is not noted yet.
     */
    Future<Void> claim() {
        return note().compose(this::fits);
    }

    /** Fails like {@link #claim}, and notes nothing. */
    Future<Void> examine() {
        return link.send(Call.of(Command.HMGET, keys.layout).arg("version").arg("shards"))
                .map(this::noted)
                .compose(this::fits);
    }

    /**
     * For one that runs: notes it again if Redis has lost it, and fails if the number of shards is another one. A newer
     * version is no failure, so that instances can be upgraded one after the other.
     */
    Future<Void> keep() {
        return note().compose(this::hasShards);
    }

    private Future<Noted> note() {
        return link.send(Script.LAYOUT.call(keys.layout).arg(VERSION).arg(keys.realmShards()))
                .map(this::noted);
    }

    private Noted noted(Response reply) {
        return Noted.of(reply, keys.realmShards());
    }

    private Future<Void> fits(Noted noted) {
        return isReadable(noted.version()) ? hasShards(noted) : newer(noted);
    }

    private static boolean isReadable(String version) {
        return version.matches("[0-9]{1,9}") && Integer.parseInt(version) <= VERSION;
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
