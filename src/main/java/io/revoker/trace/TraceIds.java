package io.revoker.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/**
 * The trace that the running code belongs to, if it is kept: nobody would find another one. Asked of the context that Vert.x runs it in: an event loop has
 * no trace of its own, so MDC would lie.
 */
final class TraceIds {
    private TraceIds() {}

    static Optional<SpanContext> current() {
        return Optional.of(Span.current().getSpanContext()).filter(SpanContext::isSampled);
    }
}
