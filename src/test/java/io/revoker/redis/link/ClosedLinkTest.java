package io.revoker.redis.link;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.untilCollected;

import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A Vert.x that was closed stays in memory for as long as a timer of it refers to a client that it has made
 * (vertx-core 5.0.7, findings/vertx-closed-kept.sh).
 */
class ClosedLinkTest {
    @Test
    void leavesNothingThatKeepsItsVertx() {
        WeakReference<Vertx> closed = closedWithItsLink();

        untilCollected(closed);
    }

    private static WeakReference<Vertx> closedWithItsLink() {
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        ServerLink link = OnLoop.opened(
                context,
                () -> new ServerLink(
                        vertx,
                        Tuning.DEFAULT
                                .heartbeat(Duration.ofMinutes(10))
                                .redis(RedisServers.embedded().url())));
        get(OnLoop.on(context, link::close));
        get(vertx.close());
        return new WeakReference<>(vertx);
    }
}
