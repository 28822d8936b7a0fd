package io.revoker.feed;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.Target;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private static final Target USER = new Target.OfUser(holder("corp", "joe").user());
    private static final int MANY = 2500;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MemoryStore log = new MemoryStore(InstantSource.system());
    private final AtomicLong millis = new AtomicLong();
    private final MarkView view = new MarkView(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    private final List<Double> lags = new CopyOnWriteArrayList<>();
    private final LogTail tail = new LogTail(
            context,
            new FeedVerticle.Source(log, log, log, Future::succeededFuture),
            view,
            new FeedMeters(new SimpleMeterRegistry(), view, MANY),
            revocation -> {
                millis.incrementAndGet();
                lags.add(view.lagSeconds());
            });

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** Every revocation takes a millisecond to read, and there are two full pages and a half. */
    @Test
    void lagsUntilItHasReadTheLogToItsEnd() {
        get(OnLoop.on(context, () -> {
            Future<Void> begun = tail.begin();
            for (int i = 0; i < MANY; i++) {
                get(log.append(USER));
            }
            return begun;
        }));

        until("read", () -> lags.size() == MANY);
        get(OnLoop.on(context, () -> {
            tail.end();
            return Future.succeededFuture();
        }));

        assertThat(lags).isSorted();
        assertThat(lags.get(MANY - 1)).isEqualTo(2.5);
        assertThat(view.lagSeconds()).isZero();
    }
}
