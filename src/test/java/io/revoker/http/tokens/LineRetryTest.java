package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineRetryTest {
    private final Problem away = Problem.passing("Redis: not connected");

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
        LineRetry retry = new LineRetry(vertx, Duration.ofMillis(50));
        assertThat(tried(retry, away, Integer.MAX_VALUE)).isEqualTo(away.text());
        assertThat(tries).hasValueGreaterThan(1);
        tries.set(0);

        assertThat(tried(retry, away, Integer.MAX_VALUE)).isEqualTo(away.text());

        assertThat(tries).hasValue(1);
    }

    private LineRetry patient() {
        return new LineRetry(vertx, Duration.ofMinutes(1));
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
