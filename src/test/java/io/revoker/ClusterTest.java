package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three primaries with a replica each, whose slots move and whose nodes die while a realm is swept. */
class ClusterTest {
    private static final int TOKENS = 500;
    private static final int PRIMARIES = 3;
    private static final int SLOTS = 16_384;
    private static final String REALM = "{\"realm_name\":\"corp\"}";

    private final RedisCluster cluster = RedisCluster.start(PRIMARIES, 3);
    private RunningService service;
    private Api api;

    @BeforeEach
    void start() {
        service = RunningService.on(
                cluster.url(),
                "--redis.durability.replicas=1",
                "--redis.call-timeout=10s",
                "--redis.durability.replica-timeout=5s",
                "--sweep.rate-limit=8",
                "--sweep.batch-size=1",
                "--redis.heartbeat=100ms",
                "--redis.prefix=rv");
        api = new Api(service);
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void saysThatEveryPrimarysReplicaHasIt() {
        Api.Pair pair = api.pair("corp", "joe");

        assertThat(api.check(pair.access())).isEqualTo(200);
        assertThat(api.invalidateUser("joe")).isEqualTo("200 2,0,0");
        assertThat(api.check(pair.access())).isEqualTo(401);

        cluster.replicas().get(primaryOf("{log}")).kill();
        until("too few replicas", () -> api.invalidateUser("joe").startsWith("503"));
    }

    private int primaryOf(String key) {
        return cluster.slotOf(key) * PRIMARIES / SLOTS;
    }

    /** It has no replica, and needs none. */
    @Test
    void asksNothingOfANodeThatHasGivenAllItsSlotsAway() {
        Api.Pair pair = api.pair("corp", "joe");
        RedisProcess node = cluster.primaries().get(1);
        cluster.drain(node);
        cluster.replicas().get(1).kill();

        until("confirmed", () -> api.invalidateUser("joe").startsWith("200"));

        until("a replica of another", () -> api.check(pair.access()) != 503);
        assertThat(api.check(pair.access())).isEqualTo(401);
        node.kill();
        assertThat(api.invalidateUser("joe")).isEqualTo("200 0,0,0");
    }

    @Test
    void countsExactlyWhileSlotsMove() {
        register();
        String sweep = api.beginSweep(REALM);
        until("under way", () -> counted(sweep) > 0);

        for (int slot : slotsOfTheRealm()) {
            cluster.move(slot);
        }
        cluster.move(cluster.slotOf("rv:{log}:events"));

        awaitExactEnd(sweep);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void countsExactlyWhenAPrimaryDies(int primary) {
        register();
        cluster.awaitReplicas();
        String sweep = api.beginSweep(REALM);
        until("under way", () -> counted(sweep) > 0);

        cluster.primaries().get(primary).kill();

        awaitExactEnd(sweep);
        cluster.primaries().get(primary).start();
        until("a replica again", () -> api.counts(REALM).equals("200 0,0,0"));
    }

    @Test
    void countsExactlyWhenAReplicaTakesOverFromALivingPrimary() {
        register();
        String sweep = api.beginSweep(REALM);
        until("under way", () -> counted(sweep) > 0);

        cluster.replicas().forEach(RedisCluster::takeOver);

        awaitExactEnd(sweep);
    }

    @Test
    void registersAndRevokesWhileSlotsMove() {
        List<Integer> slots = slotsOfTheRealm();

        for (int i = 0; i < slots.size(); i++) {
            Api.Pair before = api.pair("corp", "joe" + i);
            cluster.beginMove(slots.get(i));
            assertThat(api.check(before.access())).isEqualTo(200);
            assertThat(api.invalidateAccess(before.access())).isEqualTo("200 1,0,0");
            cluster.finishMove(slots.get(i));
            assertThat(api.check(before.access())).isEqualTo(401);
            assertThat(api.isActive(before.refresh())).isTrue();
            assertThat(api.invalidateUser("joe" + i)).isEqualTo("200 1,1,0");
        }
    }

    /** Of the keys of the log's slot some are here, some there, some nowhere. */
    @Test
    void revokesWhileTheSlotOfTheLogMoves() {
        Api.Pair single = api.pair("corp", "ann");
        Api.Pair pair = api.pair("corp", "joe");
        assertThat(api.invalidateUser("nobody")).isEqualTo("200 0,0,0");
        int slot = cluster.slotOf("rv:{log}:events");
        cluster.beginMove(slot);

        CompletableFuture<String> user = CompletableFuture.supplyAsync(() -> api.invalidateUser("joe"));
        assertThat(api.invalidateAccess(single.access())).isEqualTo("200 1,0,0");
        until("dead", () -> api.check(pair.access()) == 401);
        assertThat(api.check(single.access())).isEqualTo(401);
        assertThat(user.isDone()).isFalse();
        cluster.finishMove(slot);

        assertThat(user.join()).isEqualTo("200 2,0,0");
    }

    /** What is written to ask the replicas is in a slot of each primary; of those that it tries, two are on their way. */
    @Test
    void asksReplicasWhileSlotsMove() {
        List<Integer> moving = IntStream.range(0, PRIMARIES)
                .boxed()
                .flatMap(primary -> IntStream.range(0, 100)
                        .map(tag -> cluster.slotOf("{" + tag + "}"))
                        .filter(slot -> slot * PRIMARIES / SLOTS == primary)
                        .limit(4)
                        .skip(2)
                        .boxed())
                .toList();
        moving.forEach(cluster::beginMove);
        api.pair("corp", "joe");

        assertThat(api.invalidateUser("joe")).isEqualTo("200 2,0,0");

        moving.forEach(cluster::finishMove);
        assertThat(moving).hasSize(2 * PRIMARIES);
        until(
                "confirmed by the new owners of the slots",
                () -> api.invalidateUser("joe").equals("200 0,0,0"));
    }

    /** The script needs keys that are here, there, and nowhere yet. */
    @Test
    void answersARegistrationThatMeetsAMoveWhenTheMoveIsDone() {
        int slot = cluster.slotOf("rv:g:{corp/0}joe");
        api.pair("corp", "joe");
        cluster.beginMove(slot);

        CompletableFuture<Api.Pair> meanwhile = CompletableFuture.supplyAsync(() -> api.pair("corp", "user16"));
        until("sent on", cluster::hasSentOn);
        cluster.finishMove(slot);

        assertThat(api.check(meanwhile.join().access())).isEqualTo(200);
        assertThat(api.counts(REALM)).isEqualTo("200 4,0,0");
    }

    private void register() {
        IntStream.range(0, TOKENS)
                .forEach(i -> api.register("{\"realm_name\":\"corp\",\"username\":\"user" + i
                        + "\",\"access_token\":\"token-" + i + "\"}"));
    }

    private List<Integer> slotsOfTheRealm() {
        return IntStream.range(0, 16)
                .mapToObj(shard -> cluster.slotOf("rv:g:{corp/" + shard + "}"))
                .toList();
    }

    private long counted(String sweep) {
        return api.sweep(sweep).path("invalidated_tokens").asLong();
    }

    private void awaitExactEnd(String sweep) {
        until("ended", () -> api.sweep(sweep).path("state").asText().equals("ended"));
        assertThat(counted(sweep)).isEqualTo(TOKENS);
        until("checks answer", () -> IntStream.range(0, TOKENS).allMatch(i -> api.check("token-" + i) != 503));
        assertThat(IntStream.range(0, TOKENS).map(i -> api.check("token-" + i)).distinct())
                .containsExactly(401);
    }
}
