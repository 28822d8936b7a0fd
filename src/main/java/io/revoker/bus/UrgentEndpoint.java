package io.revoker.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Serves requests that must not wait for other work of an event loop, on one that has little else to do. Such requests
 * are sent here while it is deployed.
 */
public final class UrgentEndpoint {
    private final Vertx vertx;
    private final LoopAddress loop;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();

    /** Create it on the event loop that serves. */
    public UrgentEndpoint(Vertx vertx) {
        this.vertx = vertx;
        this.loop = LoopAddress.of(vertx);
    }

    /**
     * Serves the urgent requests of an address, with a handler that answers or fails with a
     * {@link io.revoker.domain.Problem}. Call it once.
     */
    public <Q, A> UrgentEndpoint serve(String address, Function<Q, Future<A>> handler) {
        consumers.add(vertx.eventBus()
                .<Q>localConsumer(loop.urgently(address), request -> BusEndpoint.answer(request, handler)));
        loop.serveUrgent();
        return this;
    }

    /** Takes no more requests: they go to the other consumers of the address. */
    public Future<Void> close() {
        loop.leaveUrgent();
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }
}
