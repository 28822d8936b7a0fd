package io.revoker.feed;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.testing.EmptyMarkStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkLoaderTest {
    private static final int MANY = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MarkView view = new MarkView();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** A round trip for each of them would keep a start waiting. */
    @Test
    void asksForManySlicesTogetherWhileTheyAreSmall() {
        Slices slices = new Slices(2);

        get(OnLoop.on(context, () -> new MarkLoader(context, slices, view).load(Stamp.NONE)));

        assertThat(view.size()).isEqualTo(2 * MarkStore.SLICES);
        assertThat(slices.rounds).isLessThan(140);
    }

    /** They would keep the event loop for too long. */
    @Test
    void takesLargeSlicesOneByOne() {
        Slices slices = new Slices(MANY);

        get(OnLoop.on(context, () -> new MarkLoader(context, slices, view).loadSome(Stamp.NONE)));

        assertThat(slices.rounds).isEqualTo(1);
        assertThat(view.size()).isEqualTo(MANY);
    }

    /** So many marks in each slice, told in the next turn; used by one event loop only. */
    private final class Slices extends EmptyMarkStore {
        private final int each;
        private int rounds;
        private boolean asked;

        Slices(int each) {
            this.each = each;
        }

        @Override
        public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
            Promise<Optional<MarkSlice>> answer = Promise.promise();
            rounds += asked ? 0 : 1;
            asked = true;
            context.runOnContext(turn -> {
                asked = false;
                answer.complete(Optional.of(marks(number)));
            });
            return answer.future();
        }

        private MarkSlice marks(int number) {
            MarkSlice.Builder slice = new MarkSlice.Builder(each);
            long first = (long) number << (Long.SIZE - Long.numberOfTrailingZeros(SLICES));
            IntStream.rangeClosed(1, each).forEach(i -> slice.mark(first + i, 1));
            return slice.build();
        }
    }
}
