package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
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
record Layout(RedisLink link, Keys keys, LayoutVersion version) {

    /** What is noted of the data. Without a note they are of the first version, and have as many shards as here. */
    private record Noted(String version, String shards) {
        static Noted of(Response reply, int shards) {
            return new Noted(
                    text(Optional.ofNullable(reply.get(0)), LayoutVersion.FIRST),
                    text(Optional.ofNullable(reply.get(1)), shards));
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
        int least = version.noted();
        return note(least == 0 ? LayoutVersion.NEWEST : least).compose(this::fits);
    }

    /** Fails like {@link #claim}, and notes nothing. Says whether it is the newest, as far as it is noted. */
    Future<Boolean> examine() {
        return link.send(Call.of(Command.HMGET, keys.layout).arg("version").arg("shards"))
                .compose(reply -> fits(noted(reply))
                        .map(fits -> reply.get(0) == null || reply.get(0).toInteger() == LayoutVersion.NEWEST));
    }

    /**
     * For one that runs: notes it again if Redis has lost it, and fails if the number of shards is another one. A newer
     * version is no failure, so that instances can be upgraded one after the other.
     */
    Future<Void> keep() {
        return note(version.noted()).compose(this::hasShards);
    }

    /**
     * Raises it to the version that is known here, and no higher.
     *
     * @param empty the version of a store without data
     */
    private Future<Noted> note(int empty) {
        return link.send(Script.LAYOUT
                        .call(keys.layout, keys.clock, keys.last, keys.events)
                        .arg(LayoutVersion.NEWEST)
                        .arg(keys.realmShards())
                        .arg(version.noted())
                        .arg(empty))
                .map(this::noted)
                .onSuccess(noted -> {
                    if (isReadable(noted.version())) {
                        version.set(Integer.parseInt(noted.version()));
                    }
                });
    }

    private Noted noted(Response reply) {
        return Noted.of(reply, keys.realmShards());
    }

    private Future<Void> fits(Noted noted) {
        return isReadable(noted.version()) ? hasShards(noted) : newer(noted);
    }

    private static boolean isReadable(String version) {
        return version.matches("[0-9]{1,9}") && Integer.parseInt(version) <= LayoutVersion.NEWEST;
    }

    private Future<Void> newer(Noted noted) {
        return Future.failedFuture(Problem.unavailable("Redis: layout of the data: " + noted.version() + " (expected: "
                + LayoutVersion.NEWEST + " or older; a newer release has written to " + keys.layout + ")"));
    }

    private Future<Void> hasShards(Noted noted) {
        return noted.shards().equals(Integer.toString(keys.realmShards()))
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.unavailable("redis.realm-shards: " + keys.realmShards() + " (expected: "
                        + noted.shards() + ", as the data in Redis have it, by " + keys.layout + ")"));
    }
}
