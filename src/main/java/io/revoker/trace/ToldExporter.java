package io.revoker.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the receiver takes nothing, and once that it does again. The library would say the first again and again, with a stack trace: logback.xml
 * silences it.
 */
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
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                taken();
            } else {
                notTaken(spans.size(), Optional.ofNullable(result.getFailureThrowable()));
            }
        });
    }

    /** Those are counted that were sent; the queue counts none of those that it had no room for. */
    private void taken() {
        long before = lost.getAndSet(0);
        if (before > 0) {
            LOG.atInfo().addKeyValue("lost_at_sending", before).log("spans taken again");
        }
    }

    private void notTaken(int spans, Optional<Throwable> failure) {
        if (lost.getAndAdd(spans) == 0) {
            LOG.atWarn()
                    .addKeyValue("failure", failure.map(ToldExporter::reason).orElse("unknown"))
                    .log("spans not taken");
        }
    }

    /** Without a cause there was an answer: which one, the library tells by types of its own only. */
    private static String reason(Throwable failure) {
        return Optional.ofNullable(failure.getCause()).map(Throwable::toString).orElse("refused by the receiver");
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
