package io.revoker.jwt;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureWorkTest {
    private static final int MOST = 2048;

    private final Vertx vertx = Vertx.vertx();
    private final SignatureWork work = new SignatureWork(vertx);

    @AfterEach
    void stop() {
        work.close();
        get(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void verifiesBesideTheEventLoops(Purpose purpose) {
        assertThat(get(work.run(purpose, Context::isOnWorkerThread))).isTrue();
    }

    @Test
    void refusesWhatWouldWaitTooLong() {
        CountDownLatch latch = new CountDownLatch(1);
        Stream.generate(() -> work.run(Purpose.CHECK, () -> await(latch)))
                .limit(MOST - 1)
                .forEach(future -> {});
        Future<Boolean> last = work.run(Purpose.CHECK, () -> await(latch));

        Problem refused = problem(work.run(Purpose.CHECK, () -> true));

        assertThat(refused.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(get(work.run(Purpose.REVOCATION, () -> true)))
                .as("strangers can't hold up revocations")
                .isTrue();
        latch.countDown();
        assertThat(get(last)).isTrue();
        assertThat(get(work.run(Purpose.CHECK, () -> true))).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
