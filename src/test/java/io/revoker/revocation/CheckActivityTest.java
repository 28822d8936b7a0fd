package io.revoker.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CheckActivityTest {
    private static final SweepSettings FULL = limits(16, 2);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final CheckActivity activity = new CheckActivity(now::get);

    @Test
    void leavesASweepItsLimitsWhileNobodyAsks() {
        assertThat(activity.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void narrowsASweepUntilNobodyHasAskedForAWhile() {
        activity.seen();
        pass(99);
        assertThat(activity.within(FULL)).isEqualTo(limits(2, 2));

        activity.seen();
        pass(99);
        assertThat(activity.within(FULL)).isEqualTo(limits(2, 2));

        pass(1);
        assertThat(activity.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void narrowsNothingForLongWhenTheClockIsSetBack() {
        activity.seen();
        pass(-1000);

        assertThat(activity.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void neverWidensASweep() {
        activity.seen();

        assertThat(activity.within(limits(1, 2))).isEqualTo(limits(1, 1));
    }

    private void pass(long millis) {
        now.updateAndGet(before -> before.plusMillis(millis));
    }

    private static SweepSettings limits(int inFlight, int besideChecks) {
        return new SweepSettings(50, inFlight, besideChecks, 16, 0, Duration.ofSeconds(27), Duration.ofSeconds(3));
    }
}
