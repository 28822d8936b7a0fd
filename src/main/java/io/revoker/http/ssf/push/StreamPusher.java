package io.revoker.http.ssf.push;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Lease;
import io.revoker.domain.streams.StreamRequests.Leased;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.http.ssf.push.PushMeters.Pushed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes the events of one stream, some at a time, as long as this instance has the stream. After a failure it pauses,
 * longer each time. Used by one event loop only.
 */
final class StreamPusher {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPusher.class);
    /** Leaves most of {@link PushSettings#MARGIN} for reading. */
    private static final Duration RENEWAL = Duration.ofSeconds(2);

    /** Until it is looked again whether another instance still has the stream. */
    private static final Duration OTHERS_PAUSE = Duration.ofSeconds(2);

    private final EventStream first;
    private final Pushing with;
    private final Function<EventStream, Optional<RealmScope>> scopes;
    private final Deliveries deliveries;
    private final Pushed measured;
    private final Set<String> settled = new HashSet<>();
    private boolean busy;
    private boolean ended;
    private boolean ours;
    private long asked;
    private int failures;
    private long notBefore = System.nanoTime();
    private volatile Optional<Stamp> oldest = Optional.empty();

    /**
     * Creates one that does nothing yet.
     *
     * @param first the stream as it is now
     * @param scopes what the receiver may know now; empty if nothing
     */
    StreamPusher(EventStream first, Pushing with, Function<EventStream, Optional<RealmScope>> scopes) {
        this.first = first;
        this.with = with;
        this.scopes = scopes;
        this.deliveries = new Deliveries(with);
        this.measured = new Pushed(first.caller(), first.id(), () -> oldest);
    }

    /** The stream, if this instance pushes it. */
    Optional<Pushed> pushed() {
        return ours ? Optional.of(measured) : Optional.empty();
    }

    /** Begins to push, unless it does, or pauses. */
    void go(EventStream stream) {
        if (busy || ended || notBefore - System.nanoTime() > 0) {
            return;
        }
        busy = true;
        round(stream);
    }

    /**
     * By what the receiver may know now: it may have changed since the last round. Nothing is read while another
     * instance has the stream.
     */
    private void round(EventStream stream) {
        Optional<RealmScope> scope = scopes.apply(stream);
        if (scope.isEmpty()) {
            leave();
            return;
        }
        hold().compose(held -> held ? work(stream, scope.get()) : others()).onFailure(failure -> {
            fail(stream, Problem.of(failure).text());
            busy = false;
        });
    }

    /** A lease that is hardly used up is not asked for again: that is a write to Redis. */
    private Future<Boolean> hold() {
        long now = System.nanoTime();
        return ours && now - asked < RENEWAL.toNanos()
                ? Future.succeededFuture(true)
                : lease(with.settings().lease()).map(Leased::granted).onSuccess(granted -> {
                    ours = granted;
                    asked = now;
                });
    }

    private Future<Leased> lease(Duration time) {
        return with.bus().lease(new Lease(first.id(), with.owner(), time));
    }

    private Future<Void> work(EventStream stream, RealmScope scope) {
        return read(stream, scope, PushSettings.TOGETHER)
                .onSuccess(batch -> oldest = oldest(batch))
                .compose(this::pushInTime)
                .onSuccess(pushed -> goOn(pushed, stream, scope))
                .mapEmpty();
    }

    private static Optional<Stamp> oldest(Batch batch) {
        return batch.events().stream()
                .flatMap(event -> event.revocation().stream())
                .map(Revocation::stamp)
                .findFirst();
    }

    private Future<Batch> read(EventStream stream, RealmScope scope, int most) {
        Set<String> done = Set.copyOf(settled);
        return with.bus()
                .read(new Read(stream.caller(), stream.id(), scope, most, done))
                .onSuccess(read -> settled.removeAll(done));
    }

    private void goOn(int pushed, EventStream stream, RealmScope scope) {
        if (pushed > 0 && failures == 0 && !ended) {
            round(stream);
        } else if (settled.isEmpty() || ended) {
            busy = false;
        } else {
            // What was accepted beside a failure is written at once: the pause may be long.
            read(stream, scope, 0).onComplete(over -> busy = false);
        }
    }

    /** A lease that reading has taken most of is asked for again: it has to last for the pushes. */
    private Future<Integer> pushInTime(Batch batch) {
        boolean late = System.nanoTime() - asked > PushSettings.MARGIN.toNanos();
        return batch.events().isEmpty() || ended || late
                ? Future.succeededFuture(0)
                : push(batch.stream().orElseThrow(), batch.events());
    }

    /** Another instance has the stream. */
    private Future<Void> others() {
        notBefore = System.nanoTime() + OTHERS_PAUSE.toNanos();
        leave();
        return Future.succeededFuture();
    }

    private void leave() {
        ours = false;
        oldest = Optional.empty();
        busy = false;
    }

    private Future<Integer> push(EventStream stream, List<StreamEvent> batch) {
        return deliveries.push(stream, batch).map(delivered -> {
            settled.addAll(delivered.over());
            delivered.failure().ifPresentOrElse(reason -> fail(stream, reason), () -> failures = 0);
            return delivered.over().size();
        });
    }

    private void fail(EventStream stream, String reason) {
        failures++;
        Duration pause = with.settings().pause(failures);
        notBefore = System.nanoTime() + pause.toNanos();
        LOG.atWarn()
                .addKeyValue("caller", stream.caller())
                .addKeyValue("stream", stream.id())
                .addKeyValue("failure", reason)
                .addKeyValue("attempt", failures)
                .addKeyValue("again_in_ms", pause.toMillis())
                .log("events not pushed");
    }

    /** Another instance may go on at once. */
    Future<Void> end() {
        ended = true;
        return lease(Duration.ZERO).transform(done -> Future.succeededFuture());
    }
}
