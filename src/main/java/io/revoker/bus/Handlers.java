package io.revoker.bus;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler in such a way that there is always an answer, and that each failure is a {@link Problem}. */
final class Handlers {
    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private Handlers() {}

    static <Q, A> Future<A> to(Q request, Function<Q, Future<A>> handler) {
        try {
            return handler.apply(request);
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    static Problem problem(Throwable failure) {
        if (!(failure instanceof Problem)) {
            LOG.error("request failed", failure);
        }
        return Problem.of(failure);
    }
}
