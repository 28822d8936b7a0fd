package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import java.time.Duration;
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
        String realm = cluster.realmElsewhere(api, prefix);
        String token = api.access(realm, "joe");
        Feed feed = Feed.of(impatient);

        assertThat(giveUp(cluster.primaryOfRealm(prefix, realm), token)).startsWith("503");

        until("dead", () -> api.check(token) == 401);
        feed.awaitEvents(1);
    }

    private String giveUp(RedisProcess primary, String token) {
        primary.pauseWrites(Duration.ofSeconds(20));
        try {
            return new Api(impatient).invalidateAccess(token);
        } finally {
            primary.unpauseWrites();
        }
    }
}
