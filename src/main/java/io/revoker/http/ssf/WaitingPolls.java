package io.revoker.http.ssf;

import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.domain.streams.EndedSessions;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Polls that wait for an event, one for each stream: a later one of the same stream ends it. They look again soon after
 * a revocation, and once a second: another instance may have something for the stream. Used by one event loop only.
 */
public final class WaitingPolls {
    private static final long SOON_MILLIS = 10;
    private static final long STEP_MILLIS = 250;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Vertx vertx;
    private final BooleanSupplier ending;
    private final Map<String, Poll> waiting = new HashMap<>();
    private boolean soon;
    private OptionalLong stepping = OptionalLong.empty();

    /** @param ending whether the service ends: then none waits any longer */
    public WaitingPolls(Vertx vertx, BooleanSupplier ending) {
        this.vertx = vertx;
        this.ending = ending;
        vertx.eventBus().<Revocation>localConsumer(Addresses.REVOCATIONS, event -> revoked(event.body()));
    }

    /** One that waits. */
    static final class Poll {
        private final String stream;
        private final long end;
        private final Runnable again;
        private long looked = System.nanoTime();
        private boolean over;

        /**
         * Creates one that does not wait yet.
         *
         * @param end by {@link System#nanoTime}
         * @param again called on its event loop when there may be an event, or when it ends
         */
        Poll(String stream, long end, Runnable again) {
            this.stream = stream;
            this.end = end;
            this.again = again;
        }
    }

    /** Whether it may go on waiting. */
    boolean mayWait(Poll poll) {
        return !poll.over && poll.end - System.nanoTime() > 0 && !ending.getAsBoolean();
    }

    /** It is called again once, and then does not wait any more. */
    void add(Poll poll) {
        poll.looked = System.nanoTime();
        if (stepping.isEmpty()) {
            stepping = OptionalLong.of(vertx.setPeriodic(STEP_MILLIS, tick -> step()));
        }
        Optional.ofNullable(waiting.put(poll.stream, poll)).ifPresent(earlier -> {
            earlier.over = true;
            earlier.again.run();
        });
    }

    /** Its client has gone. */
    void remove(Poll poll) {
        waiting.remove(poll.stream, poll);
    }

    private void revoked(Revocation revocation) {
        if (!soon && !waiting.isEmpty() && EndedSessions.by(revocation.target()).isPresent()) {
            soon = true;
            vertx.setTimer(SOON_MILLIS, timer -> {
                soon = false;
                look(List.copyOf(waiting.values()));
            });
        }
    }

    /** Until none waits: an idle service is not woken. */
    private void step() {
        if (waiting.isEmpty()) {
            stepping.ifPresent(vertx::cancelTimer);
            stepping = OptionalLong.empty();
        }
        long now = System.nanoTime();
        look(waiting.values().stream()
                .filter(poll -> now - poll.looked >= LOOK_NANOS || !mayWait(poll))
                .toList());
    }

    private void look(List<Poll> polls) {
        polls.forEach(poll -> {
            waiting.remove(poll.stream, poll);
            poll.again.run();
        });
    }
}
