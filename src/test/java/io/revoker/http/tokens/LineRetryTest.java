package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineRetryTest {
    private final Problem away = Problem.passing("Redis: not connected");

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void repeatsWhatHasNotBeenSent() {
        assertThat(tried(patient(), away, 3)).isEqualTo("done");
        assertThat(tries).hasValue(4);
    }

    @Test
    void repeatsWhatMetALimit() {
        assertThat(tried(patient(), Problem.overloaded("Redis: too many"), 3)).isEqualTo("done");
        assertThat(tries).hasValue(4);
    }

    /** The repetition would not count what the first attempt has done. */
    @Test
    void doesNotRepeatWhatMayHaveBeenDone() {
        assertThat(tried(patient(), Problem.unanswered("Redis: no answer in time"), 3))
                .isEqualTo("Redis: no answer in time");
        assertThat(tried(patient(), away.after(new Tally(1, 0)), 3)).isEqualTo(away.text());
        assertThat(tries).hasValue(2);
    }

    @Test
    void doesNotRepeatWhatIsWrong() {
        assertThat(tried(patient(), Problem.invalid("token: missing"), 3)).isEqualTo("token: missing");
        assertThat(tries).hasValue(1);
    }

    /** A stream of a million lines would wait for each of them. */
    @Test
    void waitsOnceForARedisThatStaysAway() {
        LineRetry retry = patient();
        stayAway(retry);

        assertThat(tried(retry, away, 1)).isEqualTo(away.text());
    }

    /** Each of them is over when a line that has met it succeeds. */
    @Test
    void waitsForEachOfManyShortOutages() {
        LineRetry retry = patient();
        for (int outages = 0; outages < 60; outages++) {
            assertThat(tried(retry, away, 1)).isEqualTo("done");
            pass(Duration.ofSeconds(4));
        }
    }

    @Test
    void waitsAgainAfterAWhileWithoutAnOutage() {
        LineRetry retry = patient();
        stayAway(retry);

        pass(Duration.ofSeconds(5));

        assertThat(tried(retry, away, 1)).isEqualTo("done");
    }

    /** What is on another node of a Cluster. */
    @Test
    void takesNoOutageForOverBecauseOtherWorkSucceeds() {
        LineRetry retry = patient();
        stayAway(retry);

        assertThat(tried(retry, away, 0)).isEqualTo("done");
        assertThat(tried(retry, Problem.overloaded("Redis: too many"), 1)).isEqualTo("done");

        assertThat(tried(retry, away, 1)).isEqualTo(away.text());
    }

    /** A line waits for it as long as it may, a second before each try. */
    private void stayAway(LineRetry retry) {
        int before = tries.get();
        Future<String> line = OnLoop.on(
                context,
                () -> retry.of(() -> {
                    tries.incrementAndGet();
                    pass(Duration.ofSeconds(1));
                    return Future.<String>failedFuture(away);
                }));
        assertThat(problem(line)).hasMessage(away.text());
        assertThat(tries.get() - before).isEqualTo(10);
        pass(Duration.ofSeconds(1));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private LineRetry patient() {
        return new LineRetry(vertx, LONGEST, nanos::get);
    }

    /** What becomes of work that fails so often. */
    private String tried(LineRetry retry, Problem problem, int failures) {
        int before = tries.get();
        return get(OnLoop.on(
                context,
                () -> retry.of(() -> tries.incrementAndGet() - before > failures
                                ? Future.succeededFuture("done")
                                : Future.<String>failedFuture(problem))
                        .otherwise(failure -> Problem.of(failure).text())));
    }
}
