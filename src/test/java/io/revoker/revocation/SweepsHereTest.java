package io.revoker.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepsHereTest {
    private static final Stamp SWEEP = new Stamp(1_795_363_200_000_000L);

    private final SweepsHere here = new SweepsHere(Duration.ofSeconds(1));
    private final Promise<Void> one = Promise.promise();
    private final Promise<Void> other = Promise.promise();

    @Test
    void hasASweepUntilItHasEnded() {
        here.runs(SWEEP, one.future());
        assertThat(here.has(SWEEP)).isTrue();

        one.fail("stopped");
        assertThat(here.has(SWEEP)).isFalse();
    }

    /** Its lease was over, and another event loop of this instance has claimed it. */
    @Test
    void hasASweepThatTwoRunUntilTheYoungerHasEnded() {
        here.runs(SWEEP, one.future());
        here.runs(SWEEP, other.future());

        one.complete();
        assertThat(here.has(SWEEP)).isTrue();

        other.complete();
        assertThat(here.has(SWEEP)).isFalse();
    }
}
