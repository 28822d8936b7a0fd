package io.revoker.bus;

import io.revoker.domain.Problem;
import io.revoker.domain.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The receiving end of the contract: every request gets an answer, even if its handler throws. */
public final class BusEndpoint {
    private final Vertx vertx;
    private final LoopAddress loop;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();

    /** Create it on the event loop that serves. */
    public BusEndpoint(Vertx vertx) {
        this.vertx = vertx;
        this.loop = LoopAddress.of(vertx);
        loop.serve();
    }

    /**
     * Serves an address, both the public one and that of this event loop, with a handler that answers or fails with a
     * {@link Problem}.
     */
    public <Q, A> BusEndpoint serve(String address, Function<Q, Future<A>> handler) {
        consumers.add(vertx.eventBus().<Q>consumer(address, request -> answer(request, handler)));
        consumers.add(vertx.eventBus().<Q>localConsumer(loop.privately(address), request -> answer(request, handler)));
        return this;
    }

    /** Serves an address that only one event loop serves, with a handler as that of the others. */
    public static <Q, A> MessageConsumer<Q> alone(Vertx vertx, String address, Function<Q, Future<A>> handler) {
        return vertx.eventBus().<Q>consumer(address, request -> answer(request, handler));
    }

    /** Serves {@link Addresses#CHECK} and {@link Addresses#CHECK_ALL}. */
    public BusEndpoint serveChecks(Function<Check, Future<Verdict>> handler) {
        return this.<Check, Verdict>serve(Addresses.CHECK, handler)
                .<CheckAll, Verdicts>serve(Addresses.CHECK_ALL, all -> CheckFanOut.answer(all, handler));
    }

    /** Takes no more requests: those of this event loop go to the other consumers of the public addresses. */
    public Future<Void> close() {
        loop.leave();
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }

    static <Q, A> void answer(Message<Q> request, Function<Q, Future<A>> handler) {
        Handlers.to(request, message -> handler.apply(Codecs.read(message)))
                .onComplete(answer -> reply(request, answer), failure -> fail(request, failure));
    }

    private static <A> void reply(Message<?> request, A answer) {
        try {
            request.reply(answer);
        } catch (RuntimeException | Error e) {
            fail(request, e);
        }
    }

    private static void fail(Message<?> request, Throwable failure) {
        request.reply(new ProblemReply(Handlers.problem(failure)));
    }
}
