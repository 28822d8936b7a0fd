package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much batches weigh beside everything else. */
class InFlightLimitTest {
    private final InFlightLimit inFlight = new InFlightLimit(20, new SimpleMeterRegistry());
    private final Deque<Promise<String>> working = new ArrayDeque<>();

    @Test
    void leavesHalfOfTheRoomToOthersHoweverSmallTheBatchesAre() {
        requests(10);
        IntStream.range(0, 10).forEach(i -> assertThat(batch(1).isComplete()).isFalse());

        assertThatRefused(batch(1));
        assertThat(inFlight.enter()).isTrue();
    }

    @Test
    void takesABatchWhereOthersUseMoreThanHalf() {
        requests(16);

        assertThat(batch(101).isComplete()).isFalse();
        assertThat(inFlight.inFlight()).isEqualTo(17);
        assertThatRefused(batch(1000));
    }

    @Test
    void weighsARequestForEachHundredTokens() {
        requests(3);
        assertThat(batch(100).isComplete()).isFalse();
        assertThat(batch(400).isComplete()).isFalse();
        assertThat(batch(401).isComplete()).isFalse();
        assertThat(inFlight.inFlight()).isEqualTo(3 + 3 + 4);
        assertThatRefused(batch(1));
    }

    @Test
    void hasRoomForOneBatchOfAnySizeAlways() {
        inFlight.limit(1);
        requests(1);

        assertThat(batch(100_000).isComplete()).isFalse();
        assertThatRefused(batch(1));
    }

    @Test
    void takesASmallBatchThatCameInBesideRevocationsBeyondTheBound() {
        requests(20);
        assertThat(inFlight.enterToRevoke()).isTrue();

        assertThat(batch(100).isComplete()).isFalse();
        assertThatRefused(batch(101));
    }

    @Test
    void givesBackWhatItTook() {
        for (int i = 0; i < 20; i++) {
            Future<String> done = batch(1000);
            working.remove().complete("done");
            assertThat(done.result()).isEqualTo("done");
            Future<String> failed = batch(1000);
            working.remove().fail("failed");
            assertThat(failed.cause()).hasMessage("failed");
            assertThat(inFlight.<String>weighing(1000, () -> {
                                throw new IllegalStateException("thrown");
                            })
                            .failed())
                    .isTrue();
        }
        requests(18);
        assertThatRefused(batch(1000));
        assertThat(batch(200).isComplete()).isFalse();
        assertThat(inFlight.inFlight()).isEqualTo(19);
    }

    private void requests(int count) {
        IntStream.range(0, count).forEach(i -> assertThat(inFlight.enter()).isTrue());
    }

    private Future<String> batch(int tokens) {
        return inFlight.weighing(tokens, () -> {
            working.add(Promise.promise());
            return working.getLast().future();
        });
    }

    private static void assertThatRefused(Future<String> batch) {
        assertThat(batch.cause())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED));
    }
}
