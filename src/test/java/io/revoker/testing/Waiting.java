package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How tests wait: always for something, never longer than a bound. */
public final class Waiting {
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Waiting() {}

    /** The result; a failure is thrown as it is if it is unchecked. */
    public static <T> T get(Future<T> future) {
        return get(future, PATIENCE);
    }

    /** The same for what takes longer on a busy machine. */
    public static <T> T get(Future<T> future, Duration patience) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The problem that it fails with. */
    public static Problem problem(Future<?> future) {
        try {
            Object result = get(future);
            return fail("expected a problem, got " + result);
        } catch (Problem problem) {
            return problem;
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /** The same for what takes longer on a busy machine. */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        until(() -> what, patience, condition);
    }

    /** The same, saying how it stood at the end. */
    public static void until(Supplier<String> what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Until nothing refers to it any more. */
    public static void untilCollected(WeakReference<?> reference) {
        until("collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    /** The same for what was started and must be ended if it does not come up. */
    public static void until(String what, BooleanSupplier condition, Runnable otherwise) {
        try {
            until(what, condition);
        } catch (AssertionError | RuntimeException failure) {
            otherwise.run();
            throw failure;
        }
    }
}
