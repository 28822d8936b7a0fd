package io.revoker.receipts;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.Problem;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.Receipt;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Where those who want a receipt wait. One serves all event loops; the waiting is done on that of the
 * {@link ReceiptVerticle}.
 */
public final class Receipts {
    static final int MOST = 1000;

    private final AtomicInteger places = new AtomicInteger();
    private final ReceiptMeters meters;
    private volatile Optional<Home> home = Optional.empty();

    private record Home(Context context, WaitingRoom room) {}

    public Receipts(MeterRegistry registry) {
        meters = new ReceiptMeters(registry, places::get);
    }

    void open(Context context, WaitingRoom room) {
        home = Optional.of(new Home(context, room));
    }

    void close() {
        home = Optional.empty();
    }

    /**
     * Takes a place, which has to be left again. Take it before the revocation: then nothing has been done if there is
     * none.
     *
     * @param caller where the receipt is given
     */
    public Place enter(Context caller) {
        if (places.incrementAndGet() > MOST) {
            places.decrementAndGet();
            throw Problem.overloaded("receipts: " + MOST + " waited for (expected: a retry)");
        }
        return new Place(caller);
    }

    /** A place to wait at. Used by one event loop only. */
    public final class Place {
        private final Context caller;
        private Consumer<Home> leaving = none -> {};
        private boolean left;

        private Place(Context caller) {
            this.caller = caller;
        }

        /** Succeeds with the receipt, complete or not; what can't be found out is unknown. Call it once. */
        public Future<Receipt> await(AwaitReceipt asked) {
            Promise<Receipt> done = Promise.promise();
            Optional<Home> here = home.filter(open -> !left);
            here.ifPresentOrElse(
                    open -> open.context().runOnContext(turn -> {
                        Runnable leave = open.room()
                                .add(asked, receipt -> caller.runOnContext(back -> done.tryComplete(receipt)));
                        caller.runOnContext(back -> added(leave));
                    }),
                    () -> done.complete(Receipt.unknown(asked.stamp())));
            long begun = System.nanoTime();
            return done.future().onSuccess(receipt -> meters.given(receipt, System.nanoTime() - begun));
        }

        private void added(Runnable leave) {
            leaving = open -> open.context().runOnContext(turn -> leave.run());
            if (left) {
                home.ifPresent(leaving);
            }
        }

        /** May be called at any time, more than once: a wait ends without a receipt. */
        public void leave() {
            if (!left) {
                left = true;
                places.decrementAndGet();
                home.ifPresent(leaving);
            }
        }
    }
}
