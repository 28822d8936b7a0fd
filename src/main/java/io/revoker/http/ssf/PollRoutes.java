package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.StreamBus;
import io.revoker.caller.Caller;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.http.PostOnly;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /ssf/poll/{stream}}: a receiver gets events, and tells which it has,
 * <a href="https://www.rfc-editor.org/rfc/rfc8936">RFC 8936</a>.
 */
public final class PollRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(PollRoutes.class);
    private static final String PATH = TransmitterSettings.POLL + "/:stream";

    private final RouteContext context;
    private final StreamBus bus;
    private final ReceiverRequests requests;
    private final SecurityEvents events;
    private final WaitingPolls waiting;
    private final Duration longest;

    public PollRoutes(
            RouteContext context,
            StreamBus bus,
            ReceiverRequests requests,
            SecurityEvents events,
            WaitingPolls waiting,
            TransmitterSettings settings) {
        this.context = context;
        this.bus = bus;
        this.requests = requests;
        this.events = events;
        this.waiting = waiting;
        this.longest = settings.longestPoll();
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(
                router,
                PATH,
                Map.of(
                        ReceiverRequests.JSON,
                        request -> requests.admit(
                                request, PollRequest::read, (poll, caller) -> poll(request, poll, caller))),
                ReceiverRequests.JSON);
    }

    private Future<Runnable> poll(RoutingContext request, PollRequest poll, Caller caller) {
        String stream = request.pathParam("stream");
        Attempt attempt = new Attempt(request, poll, caller, stream);
        attempt.read(poll.settled());
        return attempt.answer.future();
    }

    private static void log(EventStream stream, PollRequest poll) {
        LOG.atWarn()
                .addKeyValue("caller", stream.caller())
                .addKeyValue("stream", stream.id())
                .addKeyValue("events", poll.refused().size())
                .addKeyValue("err", poll.refused().values().iterator().next())
                .log("events refused by their receiver, not delivered again");
    }

    /** One poll, which may read several times until there is an event. */
    private final class Attempt {
        private final RoutingContext request;
        private final PollRequest poll;
        private final Caller caller;
        private final String stream;
        private final Promise<Runnable> answer = Promise.promise();
        private final WaitingPolls.Poll place;

        Attempt(RoutingContext request, PollRequest poll, Caller caller, String stream) {
            this.request = request;
            this.poll = poll;
            this.caller = caller;
            this.stream = stream;
            this.place = new WaitingPolls.Poll(stream, System.nanoTime() + longest.toNanos(), () -> read(Set.of()));
            if (poll.manner() == PollRequest.Wait.FOR_AN_EVENT) {
                context.unhurried().accept(request);
                request.addEndHandler(end -> waiting.remove(place));
            }
        }

        /** While it waits, the caller may lose what it may know. */
        private void read(Set<String> settled) {
            Optional<Caller> now = requests.now(caller);
            if (now.isEmpty()) {
                answer.tryComplete(ReceiverRequests.denied(request, caller));
                return;
            }
            bus.read(new Read(caller.id(), stream, now.get().realms(), poll.most(), settled))
                    .onSuccess(batch -> take(batch, settled))
                    .onFailure(answer::tryFail);
        }

        private void take(Batch batch, Set<String> settled) {
            batch.stream()
                    .filter(found -> settled.containsAll(poll.refused().keySet())
                            && !poll.refused().isEmpty())
                    .ifPresent(found -> log(found, poll));
            boolean isPolled = batch.stream()
                    .filter(found -> found.settings().endpoint().isEmpty())
                    .isPresent();
            if (!isPolled) {
                answer.tryComplete(ReceiverRequests.unknown(request));
            } else if (poll.most() > 0 && batch.events().isEmpty() && batch.more()) {
                context.vertx().runOnContext(turn -> read(Set.of()));
            } else if (!batch.events().isEmpty()
                    || poll.manner() == PollRequest.Wait.NOT
                    || request.response().closed()
                    || !waiting.mayWait(place)) {
                sign(batch).onComplete(answer);
            } else {
                waiting.add(place);
            }
        }

        private Future<Runnable> sign(Batch batch) {
            EventStream receiver = batch.stream().orElseThrow();
            return Future.all(batch.events().stream()
                            .map(event -> events.sign(receiver, event))
                            .toList())
                    .map(signed -> ReceiverRequests.json(request, 200, body(batch, signed.list())));
        }
    }

    private static ObjectNode body(Batch batch, List<String> signed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode sets = body.putObject("sets");
        for (int i = 0; i < signed.size(); i++) {
            StreamEvent event = batch.events().get(i);
            sets.put(event.id(), signed.get(i));
        }
        return body.put("moreAvailable", batch.more());
    }
}
