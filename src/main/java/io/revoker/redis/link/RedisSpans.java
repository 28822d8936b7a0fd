package io.revoker.redis.link;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spans of calls, for callers that are traced. The client's own spans would contain the Redis user, and would have no
 * parent: a call is sent with others of its turn, outside of any caller's trace.
 */
public final class RedisSpans {
    private static final List<String> TAGS = List.of("db.system", "db.operation.name");

    private final Optional<VertxTracer<?, ?>> tracer;

    public RedisSpans(Context context) {
        this.tracer = Optional.ofNullable(((VertxInternal) context.owner()).tracer());
    }

    /**
     * The promise that a caller waits for. If the caller is traced, the wait becomes a span unless there were too
     * many, and the code that handles the reply runs within the caller's trace.
     *
     * @param call the name of a script or a command; never an argument
     */
    public <T> Promise<T> promise(String call) {
        ContextInternal caller = tracer.isEmpty() ? null : ContextInternal.current();
        return caller == null ? Promise.promise() : begin(caller, call, tracer.get());
    }

    private static <T, O> Promise<T> begin(ContextInternal caller, String call, VertxTracer<?, O> tracer) {
        O span = tracer.sendRequest(
                caller, SpanKind.RPC, TracingPolicy.PROPAGATE, call, "redis " + call, (key, value) -> {}, tags());
        return new TracedPromise<>(caller, failure -> {
            if (span != null) {
                tracer.receiveResponse(caller, null, span, failure, TagExtractor.<Object>empty());
            }
        });
    }

    private static TagExtractor<String> tags() {
        return new TagExtractor<>() {
            @Override
            public int len(String call) {
                return TAGS.size();
            }

            @Override
            public String name(String call, int index) {
                return TAGS.get(index);
            }

            @Override
            public String value(String call, int index) {
                return index == 0 ? "redis" : call;
            }
        };
    }

    /**
     * Ends a span when it is completed, and runs its handlers in the context of the caller, on the caller's event
     * loop.
     */
    static final class TracedPromise<T> implements Promise<T> {
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
}
