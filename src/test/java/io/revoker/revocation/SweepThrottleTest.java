package io.revoker.revocation;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At ten holders in a millisecond. */
class SweepThrottleTest {
    private final Vertx vertx = Vertx.vertx();
    private final SweepThrottle throttle = new SweepThrottle(vertx, InstantSource.system(), () -> 10_000, () -> {});

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void addsUpWhatIsTooShortToWaitFor() {
        throttle.spend(9);
        assertThat(throttle.allows()).isTrue();

        throttle.spend(9);

        assertThat(throttle.allows()).isFalse();
    }

    @Test
    void doesNotWaitForWhatWasGivenBack() {
        throttle.spend(9);
        throttle.giveBack(9);
        throttle.spend(9);
        throttle.giveBack(20);

        throttle.spend(20);

        assertThat(throttle.allows()).isTrue();
    }
}
