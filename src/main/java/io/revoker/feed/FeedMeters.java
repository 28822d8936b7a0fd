package io.revoker.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of the view, and of the log that it follows. */
public final class FeedMeters {
    private final Counter wentBack;

    /** @param mostMarks from this number of marks on, revocations of further users and realms are refused */
    public FeedMeters(MeterRegistry registry, MarkView view, long mostMarks) {
        wentBack = Counter.builder("revoker.log.went.back")
                .description(
                        "Times that Redis had lost revocations that it had acknowledged, and this instance wrote them again.")
                .register(registry);
        Gauge.builder("revoker.view.lag", view.progress(), ReadProgress::lagSeconds)
                .baseUnit("seconds")
                .description("Time since this instance has read the log of revocations to its end.")
                .register(registry);
        Gauge.builder("revoker.marks", view, MarkView::size)
                .description("Marks of realms, users and users in realms that this instance holds.")
                .register(registry);
        Gauge.builder("revoker.marks.limit", () -> mostMarks)
                .description("Number of marks from which on revocations of further users and realms are refused.")
                .register(registry);
    }

    void wentBack() {
        wentBack.increment();
    }
}
