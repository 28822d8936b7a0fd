package io.revoker.trace;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.util.Optional;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The fields {@code trace_id} and {@code span_id} of a line that belongs to a trace. */
public final class TraceFields extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator line, ILoggingEvent event) throws IOException {
        Optional<SpanContext> ids = TraceIds.current();
        if (ids.isPresent()) {
            line.writeStringField("trace_id", ids.get().getTraceId());
            line.writeStringField("span_id", ids.get().getSpanId());
        }
    }
}
