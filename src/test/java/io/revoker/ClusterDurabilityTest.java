package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RunningService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two primaries, of which one has lost its replica: what was not written there is not its concern. */
class ClusterDurabilityTest {
    private static final int PRIMARIES = 2;
    private static final int SLOTS = 16_384;
    private static final int REALM_SHARDS = 16;

    private final RedisCluster cluster = RedisCluster.start(PRIMARIES, PRIMARIES);
    private final int alone = 1 - primaryOf("{log}");
    private final String name = "127.0.0.1:" + cluster.primaries().get(alone).port();
    private final String there = user(true);
    private final String elsewhere = user(false);
    private RunningService service;
    private Api api;

    @BeforeEach
    void loseAReplica() {
        service = RunningService.on(
                cluster.url(),
                "--redis.durability.replicas=1",
                "--redis.durability.replica-timeout=1s",
                "--redis.prefix=rv");
        api = new Api(service);
        cluster.replicas().get(alone).kill();
        try (RedisClient client = cluster.primaries().get(alone).client()) {
            until("alone", () -> client.call("INFO", "replication").toString().contains("connected_slaves:0"));
        }
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void asksOnlyThePrimariesThatWereWrittenTo() {
        String token = api.access("corp", elsewhere);
        Api.Pair pair = api.pair("corp", elsewhere);
        Api.Pair other = api.pair("lab", elsewhere + "2");

        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateRefresh(pair.refresh())).isEqualTo("200 1,0,0");
        assertThat(api.invalidateUserInRealm("corp", elsewhere)).isEqualTo("200 1,1,0");
        api.pair("corp", elsewhere);
        assertThat(api.invalidateUser(elsewhere)).isEqualTo("200 2,0,0");
        assertThat(api.check(other.access())).isEqualTo(200);
        api.beginSweep("{\"realm_name\":\"corp\"}");
    }

    @Test
    void saysWhichOfThoseThatWereWrittenToHasTooFew() {
        String token = api.access("corp", there);
        api.pair("corp", there);
        api.pair("corp", elsewhere);

        assertThat(api.invalidate("{\"token\":\"" + token + "\"}")).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body())
                    .contains("the tokens are dead, but not acknowledged: durability: 0 replicas of " + name
                            + " (expected: 1 of each of the 2 primaries asked, of which 1 have as many)");
        });
        assertThat(api.invalidate("{\"username\":\"" + there + "\"}").body()).contains("0 replicas of " + name);
        assertThat(api.invalidate("{\"realm_name\":\"corp\"}").body()).contains("0 replicas of " + name);
    }

    private String user(boolean isThere) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "user" + i)
                .filter(user -> isAlone(user) == isThere)
                .findFirst()
                .orElseThrow();
    }

    private boolean isAlone(String user) {
        return primaryOf("{corp/" + Math.floorMod(user.hashCode(), REALM_SHARDS) + "}") == alone;
    }

    private int primaryOf(String key) {
        return cluster.slotOf(key) * PRIMARIES / SLOTS;
    }
}
