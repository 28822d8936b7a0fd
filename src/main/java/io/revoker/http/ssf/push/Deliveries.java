package io.revoker.http.ssf.push;

import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.http.ssf.push.PushMeters.Result;
import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes events of one stream, and remembers which its receiver has refused. Used by one event loop only. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** After as many refusals for what it is, an event is not pushed again. */
    private static final int REFUSALS = 3;

    private final Pushing with;
    private final Map<String, Integer> refusals = new HashMap<>();

    Deliveries(Pushing with) {
        this.with = with;
    }

    /**
     * What became of some events.
     *
     * @param over ids of those that need not be pushed again
     * @param failure of one of the others
     */
    record Delivered(Set<String> over, Optional<String> failure) {}

    /** Pushes all at a time. Fails if none was pushed. */
    Future<Delivered> push(EventStream stream, List<StreamEvent> batch) {
        return stream.settings()
                .endpoint()
                .flatMap(endpoint -> HttpTarget.parse(endpoint.url()).map(target -> place(stream, endpoint, target)))
                .map(found -> found.compose(place -> Future.join(batch.stream()
                                .map(event -> push(stream, event, place))
                                .toList()))
                        .map(all -> take(stream, batch, all.list())))
                .orElseGet(() -> Future.succeededFuture(new Delivered(Set.of(), Optional.empty())));
    }

    private Future<Push.Place> place(EventStream stream, Endpoint endpoint, HttpTarget target) {
        return Future.succeededFuture(endpoint)
                .map(to -> with.settings().rules().authorization().of(to, stream.id()))
                .onFailure(unfit -> with.meters().count(Result.KEY))
                .compose(secret -> with.client()
                        .address(target)
                        .onFailure(unknown -> with.meters().count(Result.CONNECTION))
                        .map(address -> new Push.Place(target, address, secret)));
    }

    private Future<PushOutcome> push(EventStream stream, StreamEvent event, Push.Place to) {
        return with.events()
                .sign(stream, event)
                .compose(token -> with.client().push(to, token))
                .onSuccess(outcome -> with.meters().count(outcome.result()));
    }

    private Delivered take(EventStream stream, List<StreamEvent> batch, List<PushOutcome> outcomes) {
        Set<String> over = new HashSet<>();
        Map<String, PushOutcome> failed = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            String id = batch.get(i).id();
            if (isOver(stream, id, outcomes.get(i))) {
                over.add(id);
            } else {
                failed.put(id, outcomes.get(i));
            }
        }
        refusals.keySet().retainAll(failed.keySet());
        return new Delivered(
                over, failed.values().stream().map(PushOutcome::text).findFirst());
    }

    private boolean isOver(EventStream stream, String id, PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Refused refused
                && refused.isOfTheEvent()
                && refusals.merge(id, 1, Integer::sum) >= REFUSALS) {
            with.meters().abandon();
            LOG.atWarn()
                    .addKeyValue("caller", stream.caller())
                    .addKeyValue("stream", stream.id())
                    .addKeyValue("err", refused.code())
                    .log("event refused by its receiver, not delivered again");
            return true;
        }
        return outcome instanceof PushOutcome.Accepted;
    }
}
