package io.revoker.redis.log;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Durability;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.ClusterLink;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.ServerLink;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The word of replicas is worth something only if it is about the server that was written to. */
class WriteBarrierTest {
    private static final DurabilitySettings ONE_REPLICA =
            new DurabilitySettings(Fsync.UNKNOWN, 1, Duration.ofSeconds(5));

    /** No heartbeat while the test runs. */
    private static final Tuning BLIND = Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisProcess primary = start();
    private final RedisProcess replica = primary.startReplica(RedisServers.directory());

    @AfterEach
    void close() {
        replica.close();
        primary.close();
        get(vertx.close());
    }

    @Test
    void countsTheReplicasOfTheServerThatWasWrittenTo() {
        Writing writing = begin(open(BLIND, primary), open(BLIND, primary));

        assertThat(get(confirm(writing))).isEqualTo(new Durability(Fsync.ALWAYS, 1));
    }

    @Test
    void countsNoReplicasOfAnotherServer() {
        try (RedisProcess another = start();
                RedisProcess itsReplica = another.startReplica(RedisServers.directory())) {
            assertThat(itsReplica.port()).isNotEqualTo(replica.port());

            Writing writing = begin(open(BLIND, primary), open(BLIND, another));

            assertThat(problem(confirm(writing)).text())
                    .startsWith("durability: replicas of another server (expected: of the one that was written to");
        }
    }

    /** It has copied another server's data in between, and may have lost its own. */
    @Test
    void countsNoReplicasOfAServerThatWasAReplicaInBetween() {
        ServerLink written = open(BLIND, primary);
        ServerLink asked = open(BLIND, primary);
        WriteBarrier barrier = barrier(written, asked);
        Writing writing = begin(barrier);
        try (RedisClient client = primary.client()) {
            client.call("REPLICAOF", "127.0.0.1", String.valueOf(RedisProcess.freePort()));
            client.call("REPLICAOF", "NO", "ONE");
        }
        primary.awaitReplica();

        assertThat(problem(confirm(writing)).text()).startsWith("durability: replicas of another server");

        until("looked at", () -> get(confirm(begin(barrier)).map(true).otherwise(false)));
        assertThat(problem(confirm(writing)).text()).startsWith("durability: Redis has been reconnected");
    }

    @Test
    void saysThatNobodyCouldBeAsked() {
        Tuning reckless = Tuning.DEFAULT.connectTimeout(Duration.ofMillis(300));
        ServerLink asked = open(reckless, primary);
        Writing writing = begin(open(reckless, primary), asked);
        get(OnLoop.on(context, asked::close));

        assertThat(problem(confirm(writing)).text())
                .isEqualTo("durability: replicas not counted (expected: 1); Redis: not connected");
    }

    /** Nothing can have been written to it. */
    @Test
    void countsTheReplicasOfTheOthersWhenANodeOfAClusterIsGone() {
        try (RedisCluster cluster = RedisCluster.start(2, 2)) {
            ClusterLink link = get(OnLoop.on(context, () -> {
                ClusterLink opened = new ClusterLink(vertx, Tuning.DEFAULT.redis(cluster.url()));
                return opened.open().map(opened);
            }));
            WriteBarrier barrier = barrier(link, link);
            assertThat(get(confirm(begin(barrier))).replicas()).isEqualTo(1);
            Writing under = begin(barrier);

            cluster.replicas().get(1).kill();
            cluster.primaries().get(1).kill();
            until("lost", () -> link.connected().size() == 1);

            assertThat(get(confirm(begin(barrier))).replicas()).isEqualTo(1);
            assertThat(problem(confirm(under)).text())
                    .as("it may have been written to")
                    .startsWith("durability: ");
            get(OnLoop.on(context, link::close));
        }
    }

    @Test
    void asksOnlyThePrimariesThatHaveWhatWasWritten() {
        try (RedisCluster cluster = RedisCluster.start(2, 0)) {
            ClusterLink link = get(OnLoop.on(context, () -> {
                ClusterLink opened = new ClusterLink(vertx, Tuning.DEFAULT.redis(cluster.url()));
                return opened.open().map(opened);
            }));
            DurabilitySettings soon = new DurabilitySettings(Fsync.UNKNOWN, 1, Duration.ofMillis(50));
            int log = cluster.slotOf("{log}") * 2 / 16_384;

            Writing writing = begin(barrier(link, link, soon));
            assertThat(problem(OnLoop.on(context, () -> writing.confirm(Set.of())))
                            .text())
                    .startsWith("durability: 0 replicas of 127.0.0.1:"
                            + cluster.primaries().get(log).port());

            assertThat(waits(cluster.primaries().get(log))).isTrue();
            assertThat(waits(cluster.primaries().get(1 - log))).isFalse();
            get(OnLoop.on(context, link::close));
        }
    }

    private static boolean waits(RedisProcess server) {
        try (RedisClient client = server.client()) {
            return client.call("INFO", "commandstats").toString().contains("cmdstat_wait:");
        }
    }

    private static RedisProcess start() {
        return RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    }

    private ServerLink open(Tuning tuning, RedisProcess server) {
        return OnLoop.opened(context, () -> new ServerLink(vertx, tuning.redis(server.url())));
    }

    private Writing begin(ServerLink written, ServerLink asked) {
        return begin(barrier(written, asked));
    }

    private Writing begin(WriteBarrier barrier) {
        return get(OnLoop.on(context, () -> Future.succeededFuture(barrier.begin())));
    }

    private WriteBarrier barrier(RedisLink written, RedisLink asked) {
        return barrier(written, asked, ONE_REPLICA);
    }

    private WriteBarrier barrier(RedisLink written, RedisLink asked, DurabilitySettings demanded) {
        ReplicaCount count =
                new ReplicaCount(new Keys("w", 1)::replicationProbe, demanded.replicas(), demanded.patience());
        return new WriteBarrier(List.of(written), asked, new Confirmations(context, asked, count), demanded);
    }

    private Future<Durability> confirm(Writing writing) {
        return OnLoop.on(context, writing::confirm);
    }
}
