package io.revoker.revocation;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OnLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
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
        // On its event loop, where a pause can't end in between.
        List<Boolean> allowed = get(OnLoop.on(vertx.getOrCreateContext(), () -> {
            throttle.spend(9);
            boolean before = throttle.allows();
            throttle.spend(9);
            return Future.succeededFuture(List.of(before, throttle.allows()));
        }));

        assertThat(allowed).containsExactly(true, false);
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
