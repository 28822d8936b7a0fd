package io.revoker.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends a span when it is completed, and has what waits for it run as its caller, on the caller's event loop. */
final class TracedPromise<T> implements Promise<T> {
    private final Promise<T> promise = Promise.promise();
    private final ContextInternal caller;
    private final Consumer<@Nullable Throwable> end;

    /** @param end called with the failure, if there is one */
    TracedPromise(ContextInternal caller, Consumer<@Nullable Throwable> end) {
        this.caller = caller;
        this.end = end;
    }

    @Override
    public boolean tryComplete(@Nullable T result) {
        return complete(null, () -> promise.tryComplete(result));
    }

    @Override
    public boolean tryFail(Throwable cause) {
        return complete(cause, () -> promise.tryFail(cause));
    }

    @Override
    public Future<T> future() {
        return promise.future();
    }

    private boolean complete(@Nullable Throwable failure, BooleanSupplier completion) {
        if (promise.future().isComplete()) {
            return false;
        }
        end.accept(failure);
        ContextInternal interrupted = caller.beginDispatch();
        try {
            return completion.getAsBoolean();
        } finally {
            caller.endDispatch(interrupted);
        }
    }
}
