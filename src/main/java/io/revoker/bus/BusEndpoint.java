package io.revoker.bus;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answering end of the contract: every request gets an answer, whatever its handler does. */
public final class BusEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(BusEndpoint.class);

    private final Vertx vertx;
    private final LoopAddress loop;

    /** To be made on the event loop that serves. */
    public BusEndpoint(Vertx vertx) {
        this.vertx = vertx;
        this.loop = LoopAddress.serve(vertx);
    }

    /** Serves an address, for everyone and for this event loop, with a handler that answers or fails with a {@link Problem}. */
    public <Q, A> BusEndpoint serve(String address, Function<Q, Future<A>> handler) {
        vertx.eventBus().<Q>consumer(address, request -> answer(request, handler));
        vertx.eventBus().<Q>localConsumer(loop.of(address), request -> answer(request, handler));
        return this;
    }

    private static <Q, A> void answer(Message<Q> request, Function<Q, Future<A>> handler) {
        Future<A> done;
        try {
            done = handler.apply(request.body());
        } catch (RuntimeException e) {
            done = Future.failedFuture(e);
        }
        done.onComplete(request::reply, failure -> request.reply(new ProblemReply(problem(failure))));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        LOG.error("request failed", failure);
        return Problem.internal(failure.getClass().getSimpleName());
    }
}
