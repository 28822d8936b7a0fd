package io.revoker.receipts;

import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.Receipt;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the followers, again and again as long as somebody waits for them, once for all. A look takes as long as
 * there are followers, and so there is a pause before the next one, ten times as long if that is not too long. Used by
 * one event loop only.
 */
final class WaitingRoom {
    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 100;
    private static final int SHARE = 10;

    private final Vertx vertx;
    private final Supplier<Future<Found>> followers;
    private final BooleanSupplier ending;
    private final Map<Waiter, Long> waiters = new HashMap<>();
    private int number;
    private boolean looking;
    private boolean ended;

    /** @param ending whether the service ends: then none waits any longer */
    WaitingRoom(Vertx vertx, Supplier<Future<Found>> followers, BooleanSupplier ending) {
        this.vertx = vertx;
        this.followers = followers;
        this.ending = ending;
    }

    /**
     * Adds one that waits.
     *
     * @param then called once, unless it leaves before
     * @return makes it leave
     */
    Runnable add(AwaitReceipt asked, Consumer<Receipt> then) {
        Waiter waiter = new Waiter(asked, number + 1, then);
        long millis = Math.max(1, shorter(asked.timeout(), AwaitReceipt.LONGEST).toMillis());
        waiters.put(waiter, vertx.setTimer(millis, timer -> over(waiter)));
        if (ended) {
            finish(waiter);
        }
        lookNext();
        return () -> remove(waiter);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void over(Waiter waiter) {
        waiter.overdue();
        if (waiter.isDone()) {
            finish(waiter);
        }
    }

    private void lookNext() {
        if (!looking && !waiters.isEmpty()) {
            looking = true;
            number++;
            long begun = System.nanoTime();
            followers.get().onComplete(found -> looked(found, begun));
        }
    }

    private void looked(AsyncResult<Found> found, long begun) {
        Optional<Found> seen = found.succeeded() ? Optional.of(found.result()) : Optional.empty();
        waiters.keySet().forEach(waiter -> waiter.look(number, seen));
        List.copyOf(waiters.keySet()).stream()
                .filter(waiter -> waiter.isDone() || ending.getAsBoolean())
                .forEach(this::finish);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        vertx.setTimer(Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, SHARE * took)), timer -> {
            looking = false;
            lookNext();
        });
    }

    private void finish(Waiter waiter) {
        remove(waiter);
        waiter.answer();
    }

    private void remove(Waiter waiter) {
        Long timer = waiters.remove(waiter);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** Ends all waits. */
    void end() {
        ended = true;
        List.copyOf(waiters.keySet()).forEach(this::finish);
    }
}
