package io.revoker.feed;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.testing.EmptyMarkStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkRefreshTest {
    private static final int CALLS = 16;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MarkView view = new MarkView();
    private final AtomicLong newest = new AtomicLong(7);
    private final MarkRefresh refresh = new MarkRefresh(
            new MarkLoader(context, new EmptyMarkStore(), view),
            view,
            () -> Future.succeededFuture(new Stamp(newest.get())));

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** Of a mark that was raised in the meantime nothing is known: its slice may have been read before. */
    @Test
    void vouchesForTheMarksThatThereWereWhenItBegan() {
        some(1);
        newest.set(8);
        some(CALLS - 2);
        assertThat(view.hasAllUpTo(new Stamp(7))).isFalse();

        some(1);
        assertThat(view.hasAllUpTo(new Stamp(7))).isTrue();
        assertThat(view.hasAllUpTo(new Stamp(8))).isFalse();

        some(CALLS);
        assertThat(view.hasAllUpTo(new Stamp(8))).isTrue();
    }

    private void some(int calls) {
        for (int i = 0; i < calls; i++) {
            get(OnLoop.on(context, () -> refresh.some(Stamp.NONE)));
        }
    }
}
