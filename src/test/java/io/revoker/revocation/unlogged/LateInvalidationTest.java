package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In a Cluster, the primary of a token takes no writes until the revocation was given up; then it carries out what it
 * was sent, as the connection still stands.
 */
class LateInvalidationTest {
    private final String prefix = Api.fresh("late");
    private final RedisCluster cluster = RedisCluster.start(3, 0);
    private final RunningService service = RunningService.on(cluster.url(), "--redis.prefix=" + prefix);
    private final RunningService impatient = RunningService.on(
            cluster.url(),
            "--redis.prefix=" + prefix,
            "--redis.call-timeout=1s",
            "--redis.heartbeat=30s",
            "--audit.enabled=false");
    private final Api api = new Api(service);

    @AfterEach
    void close() {
        impatient.close();
        service.close();
        cluster.close();
    }

    @Test
    void isInTheLog() {
        String realm = elsewhere();
        String token = api.access(realm, "joe");
        Feed feed = Feed.of(impatient);

        assertThat(giveUp(cluster.primaryOf(holder(realm)), token)).startsWith("503");

        until("dead", () -> api.check(token) == 401);
        feed.awaitEvents(1);
    }

    private String giveUp(RedisProcess primary, String token) {
        RedisCluster.call(primary, "CLIENT", "PAUSE", "20000", "WRITE");
        try {
            return new Api(impatient).invalidateAccess(token);
        } finally {
            RedisCluster.call(primary, "CLIENT", "UNPAUSE");
        }
    }

    /** A realm whose tokens are not where the log is. */
    private String elsewhere() {
        String realm = Api.fresh("realm");
        api.access(realm, "joe");
        return cluster.primaryOf(holder(realm)).equals(cluster.primaryOf("{log}")) ? elsewhere() : realm;
    }

    private String holder(String realm) {
        try (RedisClient redis = RedisClient.of(cluster.url())) {
            return redis.keys(prefix + ":g:{" + realm).get(0);
        }
    }
}
