package io.revoker.receipts;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.Receipt;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks at the followers while somebody waits for them, and serves {@link Addresses#RECEIPT}. */
public final class ReceiptVerticle extends VerticleBase {
    private final Receipts receipts;
    private final Duration timeout;
    private final BooleanSupplier ending;
    private Runnable end = () -> {};
    private Optional<MessageConsumer<AwaitReceipt>> consumer = Optional.empty();

    /**
     * Deploy it once.
     *
     * @param timeout of requests over the event bus
     * @param ending whether the service ends
     */
    public ReceiptVerticle(Receipts receipts, Duration timeout, BooleanSupplier ending) {
        this.receipts = receipts;
        this.timeout = timeout;
        this.ending = ending;
    }

    @Override
    public Future<?> start() {
        RevokerBus bus = new RevokerBus(vertx, timeout);
        WaitingRoom room = new WaitingRoom(vertx, () -> bus.findFollowers(new Find(Optional.empty())), ending);
        receipts.open(context, room);
        end = room::end;
        MessageConsumer<AwaitReceipt> asked = BusEndpoint.alone(vertx, Addresses.RECEIPT, this::receipt);
        consumer = Optional.of(asked);
        return Future.succeededFuture();
    }

    private Future<Receipt> receipt(AwaitReceipt asked) {
        Context here = context;
        Receipts.Place place = receipts.enter(here);
        return place.await(asked).onComplete(done -> place.leave());
    }

    @Override
    public Future<?> stop() {
        receipts.close();
        end.run();
        return consumer.map(MessageConsumer::unregister).orElseGet(Future::succeededFuture);
    }
}
