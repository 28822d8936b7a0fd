package io.revoker.http.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.RealmId;
import io.revoker.domain.jwt.EventNotice.Told.Nothing;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that ended nothing, by the reason. A tenant that is not known may be a setting that is missing. */
public final class IgnoredEvents {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoredEvents.class);

    private final Map<Nothing, Counter> counters;

    /** Those of one service; all that are made with one registry count together. */
    public IgnoredEvents(MeterRegistry registry) {
        this.counters = Stream.of(Nothing.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), reason -> counter(reason, registry)));
    }

    private static Counter counter(Nothing reason, MeterRegistry registry) {
        return Counter.builder("revoker.events.ignored")
                .description("Security events that were taken, and ended nothing, by the reason.")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void note(RealmId realm, Nothing reason) {
        Optional.ofNullable(counters.get(reason)).ifPresent(Counter::increment);
        switch (reason) {
            case OTHER_TYPE -> LOG.atInfo().addKeyValue("realm", realm).log("event ignored, its type ends no sessions");
            case OTHER_TENANT -> LOG.atInfo().addKeyValue("realm", realm).log("event ignored, it is of another tenant");
            case UNKNOWN_TENANT ->
                LOG.atWarn()
                        .addKeyValue("realm", realm)
                        .log("event ignored, its tenant has not the realm's name, and events-tenant is not set");
        }
    }
}
