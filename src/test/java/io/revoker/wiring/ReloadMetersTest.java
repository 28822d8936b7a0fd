package io.revoker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.wiring.ReloadMeters.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the metrics say of reloads, by a clock of the test's own. */
class ReloadMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.ofEpochSecond(1000);
    private final ReloadMeters meters = new ReloadMeters(registry, () -> now);

    @Test
    void whatTheServiceStartsWithIsASuccess() {
        now = Instant.ofEpochSecond(2000);

        assertThat(lastSuccess()).isEqualTo(1000);
        assertThat(complete()).isEqualTo(1);
    }

    @Test
    void theLastSuccessIsTheLastTimeThatEverythingWasTakenOver() {
        now = Instant.ofEpochSecond(2000);
        meters.count(Outcome.REFUSED);
        now = Instant.ofEpochSecond(3000);
        meters.count(Outcome.TAKEN_OVER);
        now = Instant.ofEpochSecond(4000);

        assertThat(lastSuccess()).isEqualTo(3000);
        assertThat(complete()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARTLY", "REFUSED"})
    void anythingLessIsNoSuccess(Outcome outcome) {
        now = Instant.ofEpochSecond(2000);
        meters.count(outcome);

        assertThat(lastSuccess()).isEqualTo(1000);
        assertThat(complete()).isZero();
    }

    private double lastSuccess() {
        return registry.get("revoker.reload.last.success.timestamp").gauge().value();
    }

    private double complete() {
        return registry.get("revoker.reload.complete").gauge().value();
    }
}
