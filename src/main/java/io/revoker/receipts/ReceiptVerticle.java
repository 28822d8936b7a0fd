package io.revoker.receipts;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.FollowerBus;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.Receipt;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks at the followers while somebody waits for them, and serves {@link Addresses#RECEIPT}. */
public final class ReceiptVerticle extends VerticleBase {
    private static final long WATCH_MILLIS = 5000;

    private final Receipts receipts;
    private final FollowerWatch watch;
    private final Duration timeout;
    private final BooleanSupplier ending;
    private Runnable end = () -> {};
    private Future<Void> looking = Future.succeededFuture();
    private Optional<MessageConsumer<AwaitReceipt>> consumer = Optional.empty();

    /**
     * Deploy it once.
     *
     * @param timeout of requests over the event bus
     * @param ending whether the service ends
     */
    public ReceiptVerticle(Receipts receipts, MeterRegistry registry, Duration timeout, BooleanSupplier ending) {
        this.receipts = receipts;
        this.watch = new FollowerWatch(registry);
        this.timeout = timeout;
        this.ending = ending;
    }

    @Override
    public Future<?> start() {
        FollowerBus followers = new FollowerBus(new RevokerBus(vertx, timeout));
        WaitingRoom room = new WaitingRoom(vertx, () -> followers.find(new Find(Optional.empty())), ending);
        receipts.open(context, room);
        end = room::end;
        look(followers);
        vertx.setPeriodic(WATCH_MILLIS, tick -> look(followers));
        MessageConsumer<AwaitReceipt> asked = BusEndpoint.alone(vertx, Addresses.RECEIPT, this::receipt);
        consumer = Optional.of(asked);
        return Future.succeededFuture();
    }

    /** For the metrics; what can't be looked at now, is later. */
    private void look(FollowerBus followers) {
        if (looking.isComplete()) {
            looking = followers
                    .find(new Find(Optional.empty()))
                    .onSuccess(watch::look)
                    .<Void>mapEmpty()
                    .otherwiseEmpty();
        }
    }

    private Future<Receipt> receipt(AwaitReceipt asked) {
        Receipts.Place place = receipts.enter(context);
        return place.await(asked).onComplete(done -> place.leave());
    }

    @Override
    public Future<?> stop() {
        receipts.close();
        end.run();
        return consumer.map(MessageConsumer::unregister).orElseGet(Future::succeededFuture);
    }
}
