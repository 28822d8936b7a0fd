package io.revoker.http.statuslists;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Privilege;
import io.revoker.domain.RealmScope;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * {@code GET /v1/status-lists/{list}}: a list as a signed JWT (section 8), and {@code GET /v1/status-lists}: the URIs
 * of all (section 9).
 */
final class StatusListRoutes implements Routes {
    private static final String ONE = StatusListUris.PATH + "/:list";
    private static final String SUBTYPE = "statuslist+jwt";

    private final Context loop;
    private final StatusLists lists;
    private final StatusListUris uris;
    private final Readers readers;
    private final InstantSource time;

    /** Who may read. */
    interface Readers {
        void admit(RoutingContext request, BiConsumer<RoutingContext, RealmScope> then);

        /** Anyone: a list has nothing but bits. */
        static Readers anyone() {
            return (request, then) -> then.accept(request, RealmScope.ALL);
        }

        static Readers of(Gate gate) {
            return (request, then) -> gate.admit(
                    request,
                    Privilege.CHECK,
                    new ProblemAccessDenied(),
                    caller -> then.accept(request, caller.realms()));
        }
    }

    /** Create them on the event loop that serves. */
    StatusListRoutes(
            Vertx vertx, RevokerBus bus, StatusLists lists, StatusListUris uris, Readers readers, InstantSource time) {
        this.loop = vertx.getOrCreateContext();
        this.lists = lists;
        this.uris = uris;
        this.readers = readers;
        this.time = time;
        lists.join(loop, bus);
    }

    @Override
    public void mount(Router router) {
        ReadOnly.mount(router, ONE, request -> readers.admit(request, this::one));
        ReadOnly.mount(router, StatusListUris.PATH, request -> readers.admit(request, this::all));
    }

    private void one(RoutingContext request, RealmScope scope) {
        String id = request.pathParam("list");
        if (request.request().params().contains("time")) {
            new ProblemDetails(501, "time: lists of the past are not kept (expected: no such parameter)").send(request);
        } else if (!accepts(request)) {
            new ProblemDetails(406, "Accept: expected application/" + SUBTYPE).send(request);
        } else if (!StatusList.isId(id)) {
            refuseUnknown(request);
        } else {
            AsyncAnswer.orProblem(
                    request,
                    lists.get(loop, id),
                    found -> found.filter(list -> scope.covers(list.list().realm()))
                            .ifPresentOrElse(list -> send(request, list), () -> refuseUnknown(request)));
        }
    }

    /** There is no list in CBOR. */
    private static boolean accepts(RoutingContext request) {
        return request.parsedHeaders().accept().isEmpty()
                || request.parsedHeaders().accept().stream()
                        .filter(type -> type.weight() > 0)
                        .anyMatch(type -> type.component().equals("*")
                                || (type.component().equalsIgnoreCase("application")
                                        && (type.subComponent().equals("*")
                                                || type.subComponent().equalsIgnoreCase(SUBTYPE))));
    }

    private static void refuseUnknown(RoutingContext request) {
        share(request);
        new ProblemDetails(404, "status list: unknown, or ended").send(request);
    }

    private void send(RoutingContext request, Published list) {
        boolean gzip = acceptsGzip(request);
        HttpServerResponse response = share(request)
                .putHeader(HttpHeaders.ETAG, '"' + list.tag() + (gzip ? "-z\"" : "\""))
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + list.maxAge(time.instant(), lists.ttl()))
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (request.isFresh()) {
            Answer.empty(request, 304);
            return;
        }
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answer.send(request, 200, "application/" + SUBTYPE, Buffer.buffer(gzip ? list.gzip() : list.jwt()));
    }

    private static boolean acceptsGzip(RoutingContext request) {
        return request.parsedHeaders().acceptEncoding().stream()
                .anyMatch(coding -> coding.weight() > 0 && coding.value().equalsIgnoreCase("gzip"));
    }

    /** Programs in browsers may read it, whatever site they come from (section 8.1). */
    private static HttpServerResponse share(RoutingContext request) {
        return request.response().putHeader("Access-Control-Allow-Origin", "*");
    }

    private void all(RoutingContext request, RealmScope scope) {
        AsyncAnswer.orProblem(request, lists.all(loop), all -> send(request, all, scope));
    }

    private void send(RoutingContext request, List<StatusList> lists, RealmScope scope) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("status_lists");
        lists.stream()
                .filter(list -> scope.covers(list.realm()) && !list.hasEnded(time.instant()))
                .map(StatusList::id)
                .sorted()
                .map(uris::of)
                .forEach(all::add);
        share(request).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        Answer.json(request, 200, body);
    }
}
