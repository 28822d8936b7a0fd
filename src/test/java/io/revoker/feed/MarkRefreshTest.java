package io.revoker.feed;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.testing.EmptyMarkStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkRefreshTest {
    /** Of a quick round, and of one that takes its time. */
    private static final int CALLS = 16;

    private static final int MORE_CALLS = 256;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MarkView view = new MarkView();
    private final AtomicLong newest = new AtomicLong(7);
    private final List<Integer> read = new ArrayList<>();
    private int lockReads;
    private int failures;
    private final MarkRefresh refresh = new MarkRefresh(
            new MarkLoader(context, new Read(), view), view, () -> Future.succeededFuture(new Stamp(newest.get())));

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

    /** A store without a new mark can only have dropped some. */
    @Test
    void readsFewSlicesAtATimeWhileNoMarkIsRaised() {
        some(CALLS);
        Target realm = new Target.OfRealm(new RealmId("corp"));
        view.learn(new Revocation(new Stamp(7), realm));
        read.clear();
        lockReads = 0;

        some(1);
        assertThat(read).hasSize(MarkStore.SLICES / MORE_CALLS);
        some(MORE_CALLS - 1);

        assertThat(read).hasSize(MarkStore.SLICES).doesNotHaveDuplicates();
        assertThat(lockReads).isEqualTo(1);
        assertThat(view.size()).as("dropped here, too").isZero();
    }

    /** A mark that has no entry in the log is in the store only. */
    @Test
    void readsAllSlicesAgainOnceAMarkIsRaised() {
        some(CALLS + 3);
        newest.set(8);
        read.clear();

        some(CALLS);

        assertThat(read).hasSize(MarkStore.SLICES).doesNotHaveDuplicates();
        assertThat(view.hasAllUpTo(new Stamp(8))).isTrue();
    }

    @Test
    void readsASliceAgainThatCouldNotBeRead() {
        some(3);
        failures = 1;
        assertThat(problem(OnLoop.on(context, () -> refresh.some(new Stamp(7)))).text())
                .isEqualTo("away");

        some(CALLS - 4);
        assertThat(view.hasAllUpTo(new Stamp(7))).isFalse();
        some(1);

        assertThat(view.hasAllUpTo(new Stamp(7))).isTrue();
        assertThat(Set.copyOf(read)).hasSize(MarkStore.SLICES);
    }

    /** Notes the slices that are read; they are empty. */
    private final class Read extends EmptyMarkStore {
        @Override
        public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
            if (number == 4 * MarkStore.SLICES / CALLS - 1 && failures-- > 0) {
                return Future.failedFuture(Problem.unavailable("away"));
            }
            read.add(number);
            return super.slice(number, known);
        }

        @Override
        public LockStore locks() {
            lockReads++;
            return super.locks();
        }
    }

    private void some(int calls) {
        for (int i = 0; i < calls; i++) {
            get(OnLoop.on(context, () -> refresh.some(new Stamp(7))));
        }
    }
}
