package io.revoker.trace;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.util.Optional;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The fields {@code trace_id} and {@code span_id} of a log line that belongs to a trace. */
public final class TraceFields extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator line, ILoggingEvent event) throws IOException {
        Optional<SpanContext> ids = TraceIds.current();
        if (ids.isPresent()) {
            line.writeStringField("trace_id", ids.get().getTraceId());
            line.writeStringField("span_id", ids.get().getSpanId());
        }
    }

    /**
     * The trace that the running code belongs to, if it is sampled: the id of any other trace can't be looked up. It
     * comes from the Vert.x context and not from MDC: MDC is per thread, and an event loop serves many traces.
     */
    static final class TraceIds {
        private TraceIds() {}

        static Optional<SpanContext> current() {
            return Optional.of(Span.current().getSpanContext()).filter(SpanContext::isSampled);
        }
    }

    /** {@code %trace} in a pattern of Logback: {@code trace_id=.. span_id=..} after a blank, or nothing. */
    public static final class TraceText extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return TraceIds.current()
                    .map(ids -> " trace_id=" + ids.getTraceId() + " span_id=" + ids.getSpanId())
                    .orElse("");
        }
    }
}
