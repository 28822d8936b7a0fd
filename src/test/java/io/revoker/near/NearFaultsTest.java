package io.revoker.near;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance that answers from memory is cut off, ends, or Redis does. */
class NearFaultsTest {
    private static final Duration BOUND = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Api.fresh("near");
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private volatile Predicate<String> lost = request -> false;
    private volatile boolean hasLost;
    private final Relay way = Relay.to(vertx, redis.url(), connection -> new Swallow(connection)::take);
    private NearService revoking;
    private NearService cut;

    /** What is lost takes with it all that comes later on its connection. */
    private final class Swallow {
        private final Relay.Connection connection;
        private boolean silent;

        Swallow(Relay.Connection connection) {
            this.connection = connection;
        }

        void take(Buffer request) {
            silent |= lost.test(request.toString());
            hasLost |= silent;
            if (!silent) {
                connection.pass(request);
            }
        }
    }

    @BeforeEach
    void start() {
        revoking = NearService.off(redis.url(), prefix);
        cut = NearService.on(way.url(), prefix, "--redis.call-timeout=3s");
    }

    @AfterEach
    void close() {
        lost = request -> false;
        cut.close();
        revoking.close();
        get(vertx.close());
        redis.close();
    }

    /** It reads nothing any more, but goes on asking about tokens, and would renew its lease. */
    @Test
    void waitsForTheBoundIfTheLogIsNotRead() {
        String token = remembered();
        lost = request -> request.contains("BLOCK");
        until("not read", () -> hasLost);
        long begun = System.nanoTime();

        assertThat(revoking.api().invalidateAccess(token)).isEqualTo("200 1,0,0");

        assertThat(cut.api().check(token)).isEqualTo(401);
        assertThat(since(begun)).isGreaterThan(BOUND.dividedBy(4));
        assertThat(cut.isLeased()).isFalse();
        lost = request -> false;
        cut.remember(revoking.api().access("corp", "later"));
    }

    @Test
    void waitsForTheBoundIfTheLeaseIsNotRenewed() {
        String token = remembered();
        lost = request -> request.contains(":{log}:near");

        assertThat(revoking.api().invalidateUser("joe")).isEqualTo("200 1,0,0");

        assertThat(cut.api().check(token)).isEqualTo(401);
        assertThat(cut.isLeased()).isFalse();
    }

    /** As when it is killed, as far as the others can tell. */
    @Test
    void waitsForTheBoundIfAnInstanceIsGone() {
        String token = remembered();
        String next = revoking.api().access("corp", "next");
        lost = request -> true;

        assertThat(revoking.api().invalidateAccess(token)).isEqualTo("200 1,0,0");

        assertThat(cut.api().check(token)).isEqualTo(503);
        assertThat(revoking.api().invalidateAccess(next)).isEqualTo("200 1,0,0");
    }

    @Test
    void waitsForNobodyWhenAnInstanceHasEnded() {
        remembered();
        cut.close();
        try (RedisClient client = redis.client()) {
            assertThat(client.call("EXISTS", prefix + ":{log}:near")).isEqualTo("0");
        }
        cut = NearService.on(way.url(), prefix);
    }

    /** As long as Redis does not answer, memory does for the bound at most. */
    @Test
    void answersNothingFromMemoryWhenRedisIsGone() {
        String token = remembered();
        redis.kill();

        until("undecided", () -> cut.api().check(token) == 503);
        assertThat(IntStream.range(0, 50).map(i -> cut.api().check(token))).containsOnly(503);
        redis.start();

        cut.remember(afterRestart());
    }

    private String afterRestart() {
        String text = Api.fresh("after");
        String body = "{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + text + "\"}";
        until("registered", () -> revoking.api().register(body).status() == 201);
        until("active", () -> cut.api().check(text) == 200);
        return text;
    }

    @Test
    void refusesWhatWasRevokedBeforeAndAfterARestartOfRedis() {
        for (int round = 0; round < 3; round++) {
            String before = afterRestart();
            String after = afterRestart();
            cut.remember(before);
            cut.remember(after);
            assertThat(revoking.api().invalidateAccess(before)).isEqualTo("200 1,0,0");
            redis.kill();
            CompletableFuture<Void> restart = CompletableFuture.runAsync(redis::start);
            until("revoked", () -> revoking.api().invalidateAccess(after).startsWith("200 "));

            assertThat(cut.api().check(after)).isIn(401, 503);
            assertThat(cut.api().check(before)).isIn(401, 503);
            restart.join();
            until("refused again", () -> cut.api().check(after) == 401);
        }
    }

    /**
     * A replica that takes over has the lease, whose begin was confirmed, but perhaps none of its renewals: so it looks as
     * if it had run out, to an instance that has never seen it before.
     */
    @Test
    void waitsForALeaseThatItHasNeverSeenAfterAReconnect() {
        String token = remembered();
        lost = request -> true;
        try (RedisClient client = redis.client()) {
            String near = prefix + ":{log}:near";
            for (Object instance : (List<?>) client.call("HKEYS", near)) {
                client.call("HSET", near, instance.toString(), "1 1000 1");
            }
            client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        until("revoked", () -> revoking.api().invalidateUser("joe").startsWith("200 "));

        assertThat(cut.api().check(token)).isNotEqualTo(200);
    }

    /** Redis has lost that there is a lease. */
    @Test
    void beginsAnewWhenTheLeaseIsLost() {
        String token = remembered();
        try (RedisClient client = redis.client()) {
            client.call("DEL", prefix + ":{log}:near");
            assertThat(revoking.api().invalidateAccess(token)).isEqualTo("200 1,0,0");
            until("refused", () -> cut.api().check(token) == 401);
            until(
                    "a new lease",
                    () -> client.call("EXISTS", prefix + ":{log}:near").equals("1"));
        }
        String after = revoking.api().access("corp", "after");
        cut.remember(after);
        assertThat(revoking.api().invalidateAccess(after)).isEqualTo("200 1,0,0");
        assertThat(cut.api().check(after)).isEqualTo(401);
    }

    private String remembered() {
        String token = revoking.api().access("corp", "joe");
        cut.remember(token);
        return token;
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
