package io.revoker.http.ssf.push;

import io.revoker.bus.RevokerBus;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Lease;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.http.ssf.SecurityEvents;
import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /** After as many refusals for what it is, an event is not pushed again. */
    private static final int REFUSALS = 3;

    /** Until it is looked again whether another instance still has the stream. */
    private static final Duration OTHERS_PAUSE = Duration.ofSeconds(2);

    private final RevokerBus bus;
    private final PushClient client;
    private final SecurityEvents events;
    private final PushSettings settings;
    private final String owner;
    private final Function<EventStream, Optional<RealmScope>> scopes;
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private boolean busy;
    private boolean ended;
    private int failures;
    private long notBefore = System.nanoTime();

    /**
     * Creates one that does nothing yet.
     *
     * @param owner names this instance
     * @param scopes what the receiver may know now; empty if nothing
     */
    StreamPusher(
            RevokerBus bus,
            PushClient client,
            SecurityEvents events,
            PushSettings settings,
            String owner,
            Function<EventStream, Optional<RealmScope>> scopes) {
        this.scopes = scopes;
        this.bus = bus;
        this.client = client;
        this.events = events;
        this.settings = settings;
        this.owner = owner;
    }

    /** Begins to push, unless it does, or pauses. */
    void go(EventStream stream) {
        if (busy || ended || notBefore - System.nanoTime() > 0) {
            return;
        }
        busy = true;
        round(stream);
    }

    /** By what the receiver may know now: it may have changed since the last round. */
    private void round(EventStream stream) {
        Optional<RealmScope> scope = scopes.apply(stream);
        if (scope.isEmpty()) {
            busy = false;
            return;
        }
        read(stream, scope.get(), PushSettings.TOGETHER)
                .compose(this::pushIfFirst)
                .onSuccess(pushed -> goOn(pushed, stream, scope.get()))
                .onFailure(failure -> {
                    fail(stream, Problem.of(failure).text());
                    busy = false;
                });
    }

    private Future<Batch> read(EventStream stream, RealmScope scope, int most) {
        Set<String> done = Set.copyOf(settled);
        return bus.readStream(new Read(stream.caller(), stream.id(), scope, most, done))
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

    /** Another instance may have the stream. */
    private Future<Integer> pushIfFirst(Batch batch) {
        if (batch.events().isEmpty() || ended) {
            return Future.succeededFuture(0);
        }
        EventStream stream = batch.stream().orElseThrow();
        return bus.leaseStream(new Lease(stream.id(), owner, settings.lease()))
                .compose(leased -> leased.granted() ? push(stream, batch.events()) : leave());
    }

    private Future<Integer> leave() {
        notBefore = System.nanoTime() + OTHERS_PAUSE.toNanos();
        return Future.succeededFuture(0);
    }

    private Future<Integer> push(EventStream stream, List<StreamEvent> batch) {
        return HttpTarget.parse(stream.settings().endpoint().orElse(""))
                .map(target -> client.address(target)
                        .compose(address -> Future.join(batch.stream()
                                .map(event -> events.sign(stream, event)
                                        .compose(token -> client.push(target, address, token)))
                                .toList()))
                        .map(all -> take(stream, batch, all.list())))
                .orElseGet(() -> Future.succeededFuture(0));
    }

    private int take(EventStream stream, List<StreamEvent> batch, List<Outcome> outcomes) {
        int before = settled.size();
        Map<String, Outcome> failed = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            String id = batch.get(i).id();
            if (isOver(stream, id, outcomes.get(i))) {
                settled.add(id);
                refusals.remove(id);
            } else {
                failed.put(id, outcomes.get(i));
            }
        }
        refusals.keySet().retainAll(failed.keySet());
        failed.values().stream()
                .findFirst()
                .ifPresentOrElse(outcome -> fail(stream, outcome.text()), () -> failures = 0);
        return settled.size() - before;
    }

    private boolean isOver(EventStream stream, String id, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused
                && refused.isOfTheEvent()
                && refusals.merge(id, 1, Integer::sum) >= REFUSALS) {
            LOG.atWarn()
                    .addKeyValue("caller", stream.caller())
                    .addKeyValue("stream", stream.id())
                    .addKeyValue("err", refused.code())
                    .log("event refused by its receiver, not delivered again");
            return true;
        }
        return outcome instanceof Outcome.Accepted;
    }

    private void fail(EventStream stream, String reason) {
        failures++;
        Duration pause = settings.pause(failures);
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
    Future<Void> end(String stream) {
        ended = true;
        return bus.leaseStream(new Lease(stream, owner, Duration.ZERO)).transform(done -> Future.succeededFuture());
    }
}
