package io.revoker.revocation;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalSweepsTest {
    private static final Stamp SWEEP = new Stamp(1_795_363_200_000_000L);

    private final Vertx vertx = Vertx.vertx();
    private final LocalSweeps here = new LocalSweeps(Duration.ofMillis(200));
    private final Promise<Void> one = Promise.promise();
    private final Promise<Void> other = Promise.promise();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void waitsForASweepUntilItHasEnded() {
        here.runs(SWEEP, one.future());
        Future<?> end = here.end(SWEEP);
        assertThat(end.isComplete()).isFalse();

        Future<Void> awaited = here.awaitEnd(SWEEP, vertx);

        one.fail("stopped");

        get(awaited);
        assertThat(here.end(SWEEP).succeeded()).as("of what has ended").isTrue();
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        here.runs(SWEEP, one.future());

        get(here.awaitEnd(SWEEP, vertx));

        assertThat(one.future().isComplete()).isFalse();
    }

    /** The lease of the first one has expired, and another event loop of this instance has claimed the sweep. */
    @Test
    void waitsForTheYoungerOfTwoThatRunTheSame() {
        here.runs(SWEEP, one.future());
        here.runs(SWEEP, other.future());

        one.complete();
        assertThat(here.end(SWEEP).isComplete()).isFalse();

        other.complete();
        assertThat(here.end(SWEEP).isComplete()).isTrue();
    }
}
