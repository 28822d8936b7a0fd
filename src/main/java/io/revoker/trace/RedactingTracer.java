package io.revoker.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.ContextKey;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.tracing.opentelemetry.Operation;
import io.vertx.tracing.opentelemetry.VertxContextStorageProvider.VertxContextStorage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps data that clients have sent out of spans, and bounds the number of spans. A span has only the attributes that
 * {@link SpanAttributes} allows, and of a failure only its class. If a request makes thousands of calls, as the
 * revocation of a realm does, only the first of them are traced.
 */
final class RedactingTracer implements VertxTracer<Operation, Operation> {
    /** Calls per HTTP request, or per request on the event bus, that get spans. */
    static final int CALLS = 256;

    private static final ContextKey<AtomicInteger> CALLS_LEFT = ContextKey.named("revoker-calls-left");
    private static final int SERVER_ERROR = 500;

    private final VertxTracer<Operation, Operation> tracer;

    @SuppressWarnings("unchecked") // the type of the OpenTelemetry tracer, which is not public
    RedactingTracer(VertxTracer<?, ?> tracer) {
        this.tracer = (VertxTracer<Operation, Operation>) tracer;
    }

    @Override
    public <R> @Nullable Operation receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> tags) {
        SpanAttributes words = SpanAttributes.of(request, tags);
        Operation begun = tracer.receiveRequest(
                context, kind, policy, request, words.name(operation), parents(headers), words.tags());
        if (begun != null && context instanceof ContextInternal current) {
            var unused = VertxContextStorage.INSTANCE.attach(
                    current, withBudget(begun.span())); // the operation's own scope ends this one, too
        }
        return begun;
    }

    /**
     * The only header that is read: {@code tracestate} (W3C Trace Context, 3.3) is free text, and would be stored in
     * every span.
     */
    private static List<Map.Entry<String, String>> parents(Iterable<Map.Entry<String, String>> headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> header.getKey().equalsIgnoreCase("traceparent"))
                .toList();
    }

    private static io.opentelemetry.context.Context withBudget(Span span) {
        return io.opentelemetry.context.Context.root().with(span).with(CALLS_LEFT, new AtomicInteger(CALLS));
    }

    @Override
    public <R> void sendResponse(
            Context context, R response, Operation operation, Throwable failure, TagExtractor<R> tags) {
        end(operation, response, failure, tags);
        tracer.sendResponse(context, null, operation, null, TagExtractor.empty());
    }

    @Override
    public <R> @Nullable Operation sendRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> tags) {
        if (policy != TracingPolicy.PROPAGATE || !isWithinBudget()) {
            return null;
        }
        SpanAttributes words = SpanAttributes.of(request, tags);
        return tracer.sendRequest(context, kind, policy, request, words.name(operation), headers, words.tags());
    }

    /** A call does not begin a trace of its own: heartbeats and the like are not traced. */
    private static boolean isWithinBudget() {
        io.opentelemetry.context.Context active = VertxContextStorage.INSTANCE.current();
        AtomicInteger left = active == null ? null : active.get(CALLS_LEFT);
        return left != null && left.getAndDecrement() > 0;
    }

    @Override
    public <R> void receiveResponse(
            Context context, R response, Operation operation, Throwable failure, TagExtractor<R> tags) {
        end(operation, response, failure, tags);
        tracer.receiveResponse(context, null, operation, null, TagExtractor.empty());
    }

    private static <R> void end(
            @Nullable Operation operation, @Nullable R response, @Nullable Throwable failure, TagExtractor<R> tags) {
        if (operation == null) {
            return;
        }
        if (failure != null) {
            operation
                    .span()
                    .setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        if (response != null) {
            SpanAttributes.status(response, tags).ifPresent(status -> {
                operation.span().setAttribute("http.response.status_code", (long) status);
                if (status >= SERVER_ERROR) {
                    operation.span().setStatus(StatusCode.ERROR);
                }
            });
        }
    }

    @Override
    public void close() {
        tracer.close();
    }
}
