package io.revoker.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CheckTrafficTest {
    private static final SweepLimits FULL = limits(16, 2);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final CheckTraffic traffic = new CheckTraffic(now::get);

    @Test
    void leavesASweepItsLimitsWhileNobodyAsks() {
        assertThat(traffic.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void narrowsASweepUntilNobodyHasAskedForAWhile() {
        traffic.seen();
        pass(99);
        assertThat(traffic.within(FULL)).isEqualTo(limits(2, 2));

        traffic.seen();
        pass(99);
        assertThat(traffic.within(FULL)).isEqualTo(limits(2, 2));

        pass(1);
        assertThat(traffic.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void narrowsNothingForLongWhenTheClockIsSetBack() {
        traffic.seen();
        pass(-1000);

        assertThat(traffic.within(FULL)).isEqualTo(FULL);
    }

    @Test
    void neverWidensASweep() {
        traffic.seen();

        assertThat(traffic.within(limits(1, 2))).isEqualTo(limits(1, 1));
    }

    private void pass(long millis) {
        now.updateAndGet(before -> before.plusMillis(millis));
    }

    private static SweepLimits limits(int inFlight, int besideChecks) {
        return new SweepLimits(50, inFlight, besideChecks, 16, 0, Duration.ofSeconds(27), Duration.ofSeconds(3));
    }
}
