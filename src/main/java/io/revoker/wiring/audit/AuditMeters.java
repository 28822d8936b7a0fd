package io.revoker.wiring.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditStore.Trimmed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much of the audit trail there is, and how far it goes back. Warns if that is less far than it should. */
final class AuditMeters {
    private static final Logger LOG = LoggerFactory.getLogger(AuditMeters.class);
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final double MILLIS = 1e3;

    private final InstantSource time;
    private final Map<Series, Size> sizes = new EnumMap<>(Series.class);

    private static final class Size {
        private final Counter early;
        private volatile double bytes = Double.NaN;
        private volatile double oldest = Double.NaN;
        private Instant warned = Instant.MIN;

        private Size(MeterRegistry registry, String series) {
            this.early = Counter.builder("revoker.audit.removed.early")
                    .description("How often entries were removed before their time, because there were too many bytes.")
                    .tag("series", series)
                    .register(registry);
            Gauge.builder("revoker.audit.entries", this, size -> size.bytes)
                    .description("Bytes of the entries of the audit trail: of acts, and of what is counted together.")
                    .baseUnit("bytes")
                    .tag("series", series)
                    .register(registry);
            Gauge.builder("revoker.audit.oldest.timestamp", this, size -> size.oldest)
                    .description("When the oldest entries of the audit trail were written; NaN if there are none.")
                    .baseUnit("seconds")
                    .tag("series", series)
                    .register(registry);
        }
    }

    AuditMeters(MeterRegistry registry, InstantSource time) {
        this.time = time;
        for (Series series : Series.values()) {
            sizes.put(series, new Size(registry, series.wireName()));
        }
    }

    /** Any thread may call it. */
    void left(Series series, Trimmed rest) {
        Size size = sizes.get(series);
        if (size == null) {
            return;
        }
        size.bytes = rest.bytes();
        size.oldest = rest.oldest()
                .map(Instant::toEpochMilli)
                .map(millis -> millis / MILLIS)
                .orElse(Double.NaN);
        if (rest.early()) {
            size.early.increment();
            warn(series, size, rest);
        }
    }

    private void warn(Series series, Size size, Trimmed rest) {
        Instant now = time.instant();
        synchronized (size) {
            if (size.warned.isAfter(now.minus(SELDOM))) {
                return;
            }
            size.warned = now;
        }
        LOG.atWarn()
                .addKeyValue("series", series.wireName())
                .addKeyValue("bytes", rest.bytes())
                .addKeyValue("oldest", rest.oldest().map(Instant::toString).orElse("none"))
                .log("audit: entries younger than audit.retention were removed, because of audit.max-size");
    }
}
