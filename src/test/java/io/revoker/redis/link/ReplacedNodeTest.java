package io.revoker.redis.link;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.redis.keys.Keys;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node of a Cluster that has come back empty has lost its part of the index of users' realms. */
class ReplacedNodeTest {
    private static final int NODES = 2;
    private static final int SHARDS = 4;
    private static final int LOG = node("{log}");

    /** The list of realms is on the node that stays. */
    private final String prefix = Stream.generate(Backend::newPrefix)
            .filter(name -> node(new Keys(name, SHARDS).realms) == LOG)
            .findFirst()
            .orElseThrow();

    private final UserInRealm lost = lost();

    @Test
    void isNoticedBetweenAMarkAndTheFirstPageBehindIt() {
        try (RedisCluster cluster = RedisCluster.start(NODES, 0, "--appendonly", "no");
                RedisClient redis = RedisClient.of(cluster.url())) {
            Backend.Opened opened = Backend.open(Tuning.DEFAULT, cluster.url(), prefix);
            OnLoop store = opened.ports();
            Target user = new Target.OfUser(lost.user());
            get(store.register(Grants.access(lost)));
            until("index built", () -> {
                get(store.size(user));
                return !redis.keys(prefix + ":{log}:indexed").isEmpty();
            });
            Promise<Stamp> mark = Promise.promise();
            Future<Page> page = OnLoop.on(store.context(), () -> store.store().pageAfter(mark.future(), user));

            RedisProcess node = cluster.primaries().get(1 - LOG);
            node.kill();
            node.start();
            until(
                    "back, and empty",
                    () -> get(store.hasAny(List.of(Holding.of(lost)))
                            .map(any -> !any)
                            .otherwise(false)));
            mark.complete(Stamp.NONE);

            assertThat(get(page).holdings()).containsExactly(Holding.of(lost));
            opened.close().run();
        }
    }

    /** One whose tokens and whose part of the index are on the other node. */
    private UserInRealm lost() {
        Keys keys = new Keys(prefix, SHARDS);
        return IntStream.range(0, 1000)
                .mapToObj(i -> holder("corp", "user" + i))
                .filter(one -> node(keys.realms(one.user())) != LOG && node(keys.tag(one)) != LOG)
                .findFirst()
                .orElseThrow();
    }

    private static int node(String key) {
        return Slot.of(key) * NODES / 16_384;
    }
}
