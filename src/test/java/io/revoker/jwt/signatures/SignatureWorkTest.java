package io.revoker.jwt.signatures;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.jwt.keys.Key;
import io.revoker.jwt.keys.Pace;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
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

    /** A flood of false signatures leaves each turn of an event loop as it is, but for that many. */
    @Test
    void verifiesOnlyAFewOfATurnOnTheEventLoop() {
        List<Boolean> onLoop = get(inOneTurn(100, Pace.QUICK));

        assertThat(onLoop.subList(0, TurnBudget.MOST)).containsOnly(true);
        assertThat(onLoop.subList(TurnBudget.MOST, 100)).containsOnly(false);
        assertThat(get(inOneTurn(1, Pace.QUICK))).as("the next turn").containsExactly(true);
    }

    @Test
    void verifiesNoMoreInATurnAfterAFalseOne() {
        Key key = new Key(Optional.empty(), Set.of(), Pace.QUICK, (algorithm, signed, signature) -> false);
        Promise<Boolean> second = Promise.promise();
        vertx.getOrCreateContext().runOnContext(turn -> {
            work.verify(Purpose.CHECK, List.of(key), () -> false).onFailure(second::fail);
            work.verify(Purpose.CHECK, List.of(key), Context::isOnWorkerThread).onComplete(second);
        });

        assertThat(get(second.future())).isTrue();
    }

    @Test
    void verifiesSlowOnesBesideTheEventLoop() {
        assertThat(get(inOneTurn(2, Pace.SLOW))).containsExactly(false, false);
        assertThat(get(work.verify(Purpose.CHECK, List.of(), Context::isOnEventLoopThread)))
                .as("asked for by another thread")
                .isFalse();
    }

    /** As requests, which have contexts of their own; whether each is verified on the event loop. */
    private Future<List<Boolean>> inOneTurn(int number, Pace pace) {
        ContextInternal loop = (ContextInternal) vertx.getOrCreateContext();
        Key key = new Key(Optional.empty(), Set.of(), pace, (algorithm, signed, signature) -> false);
        Promise<List<Boolean>> answers = Promise.promise();
        loop.runOnContext(turn -> Future.join(Stream.generate(loop::duplicate)
                        .limit(number)
                        .map(request -> asked(request, List.of(key)))
                        .toList())
                .<List<Boolean>>map(CompositeFuture::list)
                .onComplete(answers));
        return answers.future();
    }

    private Future<Boolean> asked(ContextInternal request, List<Key> keys) {
        Promise<Boolean> answer = Promise.promise();
        request.dispatch(() -> work.verify(Purpose.CHECK, keys, Context::isOnEventLoopThread)
                .map(onLoop -> {
                    assertThat(Vertx.currentContext()).isSameAs(request);
                    return onLoop;
                })
                .onComplete(answer));
        return answer.future();
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

    /** Nine of a turn are handed over in two parts. */
    @Test
    void answersEachOfATurnOnItsContext() {
        Context context = vertx.getOrCreateContext();
        Promise<List<String>> answers = Promise.promise();
        context.runOnContext(turn -> Future.join(IntStream.range(0, 9)
                        .mapToObj(i -> work.run(Purpose.CHECK, () -> i == 3 ? failed() : i)
                                .transform(done -> {
                                    assertThat(Vertx.currentContext()).isSameAs(context);
                                    return Future.succeededFuture(String.valueOf(done.result()));
                                }))
                        .toList())
                .<List<String>>map(CompositeFuture::list)
                .onComplete(answers));

        assertThat(get(answers.future())).containsExactly("0", "1", "2", "null", "4", "5", "6", "7", "8");
    }

    @Test
    void answersTheOthersWhenTheHandlerOfOneFails() {
        Promise<Integer> second = Promise.promise();
        vertx.getOrCreateContext().runOnContext(turn -> {
            work.run(Purpose.CHECK, () -> 1).onComplete(done -> failed());
            work.run(Purpose.CHECK, () -> 2).onComplete(second);
        });

        assertThat(get(second.future())).isEqualTo(2);
        assertThat(get(work.run(Purpose.CHECK, () -> 3))).isEqualTo(3);
    }

    private static int failed() {
        throw new IllegalStateException("meant");
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
