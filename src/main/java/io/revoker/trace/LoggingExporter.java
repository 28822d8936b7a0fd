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
 * Logs once that the receiver does not accept spans, and once that it does again. The library would log the first
 * again and again, with a stack trace; logback.xml silences it.
 */
final class LoggingExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingExporter.class);

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();

    LoggingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                exported();
            } else {
                notExported(spans.size(), Optional.ofNullable(result.getFailureThrowable()));
            }
        });
    }

    /** The logged number counts spans that were sent; spans that the full queue has dropped are not counted. */
    private void exported() {
        long before = lost.getAndSet(0);
        if (before > 0) {
            LOG.atInfo().addKeyValue("lost_at_sending", before).log("spans exported again");
        }
    }

    private void notExported(int spans, Optional<Throwable> failure) {
        if (lost.getAndAdd(spans) == 0) {
            LOG.atWarn()
                    .addKeyValue("failure", failure.map(LoggingExporter::reason).orElse("unknown"))
                    .log("spans not exported");
        }
    }

    /**
     * A failure without a cause means that the receiver has answered. Its status is available only by internal types
     * of the library.
     */
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
