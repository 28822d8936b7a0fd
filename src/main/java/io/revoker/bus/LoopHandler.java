package io.revoker.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.shareddata.Shareable;
import java.util.function.Function;

/**
 * A handler that requests of its own event loop call directly. A message and its reply would cost them two further
 * turns of the event loop, a look-up of the codec, and meters.
 *
 * @param context of the endpoint, in which it is called
 */
record LoopHandler<Q, A>(ContextInternal context, Function<Q, Future<A>> handler) implements Shareable {

    /** Call it on the event loop of the endpoint. The answer comes in the context of the caller, as a reply does. */
    Future<A> call(Q request) {
        Promise<A> answer = context.owner().getOrCreateContext().promise();
        context.duplicate().emit(request, asked -> Handlers.to(asked, handler).onComplete(answer));
        return answer.future();
    }
}
