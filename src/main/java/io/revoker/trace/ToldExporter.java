package io.revoker.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the receiver takes nothing, and once that it does again. The library says it again and again, with a stack trace: see logback.xml. */
final class ToldExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(ToldExporter.class);

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();

    ToldExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> tell(result.isSuccess(), spans.size()));
    }

    private void tell(boolean taken, int spans) {
        if (taken) {
            long before = lost.getAndSet(0);
            if (before > 0) {
                LOG.atInfo()
                        .addKeyValue("taken", true)
                        .addKeyValue("lost", before)
                        .log("spans");
            }
        } else if (lost.getAndAdd(spans) == 0) {
            LOG.atWarn().addKeyValue("taken", false).log("spans");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
