package io.revoker.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Callers that go on asking, each as soon as it was answered, until enough was asked. */
public final class Load {
    private Load() {}

    /**
     * Runs them all.
     *
     * @param call with randomness of its caller's own
     */
    public static Future<?> run(int callers, int calls, Random seed, Function<Random, Future<?>> call) {
        AtomicInteger left = new AtomicInteger(calls);
        return Future.all(IntStream.range(0, callers)
                .mapToObj(caller -> {
                    Promise<Void> end = Promise.promise();
                    next(left, new Random(seed.nextLong()), call, end);
                    return end.future();
                })
                .toList());
    }

    private static void next(AtomicInteger left, Random random, Function<Random, Future<?>> call, Promise<Void> end) {
        if (left.getAndDecrement() <= 0) {
            end.tryComplete();
            return;
        }
        call.apply(random).onSuccess(done -> next(left, random, call, end)).onFailure(end::tryFail);
    }
}
