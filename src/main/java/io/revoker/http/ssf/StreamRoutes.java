package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.bus.StreamBus;
import io.revoker.caller.Caller;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.StreamRequests.Change;
import io.revoker.domain.streams.StreamRequests.Create;
import io.revoker.domain.streams.StreamRequests.Find;
import io.revoker.domain.streams.StreamRequests.Found;
import io.revoker.domain.streams.StreamRequests.Remove;
import io.revoker.domain.streams.StreamStore;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /ssf/stream}: a receiver manages its streams (Shared Signals Framework 1.0, section 8.1.1). */
public final class StreamRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
    private static final String PATH = TransmitterSettings.STREAM;

    private final StreamBus bus;
    private final ReceiverRequests requests;
    private final StreamDocument documents;
    private final PushRules push;

    public StreamRoutes(StreamBus bus, ReceiverRequests requests, TransmitterSettings settings) {
        this.bus = bus;
        this.requests = requests;
        this.documents = new StreamDocument(settings);
        this.push = settings.push();
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> requests.admit(request, this::show));
        router.delete(PATH).handler(request -> requests.admit(request, this::remove));
        read(router, HttpMethod.PATCH, this::update);
        read(router, HttpMethod.PUT, this::replace);
        read(router, HttpMethod.POST, this::create);
        router.route(PATH).handler(new MethodNotAllowed("DELETE, GET, PATCH, POST, PUT"));
    }

    private interface Work {
        Future<Runnable> of(RoutingContext request, StreamRequest fields, Caller caller);
    }

    private void read(Router router, HttpMethod method, Work work) {
        PostOnly.read(
                router,
                method,
                PATH,
                Map.of(
                        ReceiverRequests.JSON,
                        request -> requests.admit(
                                request, StreamRequest::read, (fields, caller) -> work.of(request, fields, caller))),
                ReceiverRequests.JSON);
    }

    private Future<Runnable> create(RoutingContext request, StreamRequest fields, Caller caller) {
        String id = UUID.randomUUID().toString();
        EventStream stream = new EventStream(id, caller.id(), fields.settings(id, push), Condition.ENABLED);
        return bus.create(new Create(stream)).map(found -> {
            if (found.streams().isEmpty()) {
                return () -> tooMany(request);
            }
            log("stream created", stream);
            return ReceiverRequests.json(request, 201, documents.write(stream));
        });
    }

    private static void tooMany(RoutingContext request) {
        new ProblemDetails(
                        409,
                        "streams: too many (expected: at most " + StreamStore.MOST_OF_CALLER + " of a client, and "
                                + StreamStore.MOST + " of all)")
                .send(request);
    }

    private void show(RoutingContext request, Caller caller) {
        requests.answer(
                request,
                ReceiverRequests.stream(request)
                        .compose(id -> bus.find(new Find(Optional.of(caller.id()), id))
                                .map(found -> id.isPresent() ? one(request, found) : all(request, found))));
    }

    private Runnable all(RoutingContext request, Found found) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        found.streams().forEach(stream -> all.add(documents.write(stream)));
        return ReceiverRequests.json(request, 200, all);
    }

    private Runnable one(RoutingContext request, Found found) {
        return found.streams().stream()
                .findFirst()
                .map(stream -> ReceiverRequests.json(request, 200, documents.write(stream)))
                .orElseGet(() -> ReceiverRequests.unknown(request));
    }

    private Future<Runnable> update(RoutingContext request, StreamRequest fields, Caller caller) {
        return change(request, fields, caller, (given, before) -> given.changed(given.stream(), before, push));
    }

    private Future<Runnable> replace(RoutingContext request, StreamRequest fields, Caller caller) {
        return change(request, fields, caller, (given, before) -> given.settings(given.stream(), push));
    }

    private Future<Runnable> change(
            RoutingContext request,
            StreamRequest fields,
            Caller caller,
            BiFunction<StreamRequest, Settings, Settings> settings) {
        String id = fields.stream();
        return bus.find(new Find(Optional.of(caller.id()), Optional.of(id)))
                .map(found -> found.streams().stream().findFirst())
                .compose(found -> found.map(stream -> change(stream, fields, settings))
                        .orElseGet(() -> Future.succeededFuture(new Found(List.of()))))
                .map(found -> one(request, found));
    }

    private Future<Found> change(
            EventStream stream, StreamRequest fields, BiFunction<StreamRequest, Settings, Settings> settings) {
        documents.requireOursIn(fields.body(), stream);
        Settings changed = settings.apply(fields, stream.settings());
        log("stream changed", stream);
        return bus.change(new Change(stream.caller(), stream.id(), Optional.of(changed), Optional.empty()));
    }

    private void remove(RoutingContext request, Caller caller) {
        requests.answer(
                request,
                ReceiverRequests.stream(request)
                        .compose(id -> bus.remove(new Remove(caller.id(), id.orElse(""))))
                        .map(found -> {
                            found.streams().forEach(stream -> log("stream removed", stream));
                            return found.streams().isEmpty()
                                    ? ReceiverRequests.unknown(request)
                                    : ReceiverRequests.empty(request);
                        }));
    }

    private static void log(String what, EventStream stream) {
        LOG.atInfo()
                .addKeyValue("caller", stream.caller())
                .addKeyValue("stream", stream.id())
                .log(what);
    }
}
