package io.revoker.trace;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %trace} in a pattern of Logback: {@code trace_id=.. span_id=..} behind a blank, or nothing. */
public final class TraceText extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return TraceIds.current()
                .map(ids -> " trace_id=" + ids.getTraceId() + " span_id=" + ids.getSpanId())
                .orElse("");
    }
}
