package io.revoker.http.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Credentials;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RefusedRequests;
import io.revoker.http.Routes;
import io.revoker.http.pages.Sessions.Known;
import io.revoker.http.request.StrangerBodies;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /console/session}: {@code POST} logs a client in with its id and its secret, {@code GET} says who is logged
 * in and what that client may do, {@code DELETE} logs out.
 */
final class SessionRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);
    private static final String PATH = "/console/session";
    private static final List<String> MEMBERS = List.of("client", "secret");

    private final Sessions sessions;
    private final Gate gate;
    private final StrangerBodies bodies;

    SessionRoutes(Sessions sessions, Gate gate, StrangerBodies bodies) {
        this.sessions = sessions;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        SameOrigin own = new SameOrigin();
        router.get(PATH).handler(own).handler(this::show);
        router.post(PATH).handler(own);
        PostOnly.read(router, HttpMethod.POST, PATH, Map.of("application/json", this::logIn), "application/json");
        router.delete(PATH).handler(own).handler(this::logOut);
        router.route(PATH).handler(new MethodNotAllowed("GET, POST, DELETE"));
    }

    private void show(RoutingContext request) {
        AsyncAnswer.orProblem(
                request,
                sessions.find(SessionCookie.of(request.request())),
                known -> answer(request, known.map(SessionRoutes::body).orElseGet(SessionRoutes::object)));
    }

    private void logIn(RoutingContext request) {
        Future<Credentials> sent = bodies.read(request.request()).map(body -> credentials(Json.read(body.getBytes())));
        AsyncAnswer.by(
                request,
                gate.authenticate(request, Privilege.INVALIDATE, sent),
                known -> logIn(request, known),
                failure -> fail(request, failure));
    }

    private static void fail(RoutingContext request, Throwable failure) {
        if (failure instanceof HttpException) {
            request.fail(failure);
        } else {
            ProblemDetails.of(failure).send(request);
        }
    }

    private static Credentials credentials(JsonNode document) {
        if (!document.isObject()
                || document.size() != MEMBERS.size()
                || !MEMBERS.stream().allMatch(name -> document.path(name).isTextual())) {
            throw Problem.invalid("body: not a log-in (expected: an object with the texts client and secret)");
        }
        return Credentials.ofForm(
                document.path("client").textValue(), document.path("secret").textValue());
    }

    private void logIn(RoutingContext request, Authentication known) {
        if (known instanceof Authentication.Authenticated proven) {
            Future<Optional<Sessions.Begun>> begun = end(request).compose(done -> sessions.begin(proven.caller()));
            AsyncAnswer.orProblem(request, begun, session -> begun(request, proven.caller(), session));
        } else {
            new ProblemDetails(401, "client, secret: unknown client or wrong secret").send(request);
        }
    }

    private static void begun(RoutingContext request, Caller caller, Optional<Sessions.Begun> begun) {
        begun.ifPresent(session -> SessionCookie.set(request.request(), session.secret(), session.lifetime()));
        LOG.atInfo().addKeyValue("caller", caller.id()).log("logged in");
        answer(request, body(new Known(caller, begun.map(Sessions.Begun::until))));
    }

    /** The browser forgets its session in any case; if Redis can't be asked, the session may go on elsewhere. */
    private void logOut(RoutingContext request) {
        SessionCookie.remove(request.request());
        AsyncAnswer.orProblem(request, end(request), done -> Answer.empty(request, 204));
    }

    /** Ends the session of a request, if it has one. */
    private Future<Void> end(RoutingContext request) {
        Optional<String> secret = SessionCookie.of(request.request());
        return sessions.find(secret)
                .compose(known -> known.filter(one -> one.until().isPresent())
                        .map(one -> sessions.end(secret.orElseThrow(), RefusedRequests.from(request, one.caller())))
                        .orElseGet(Future::succeededFuture));
    }

    private static ObjectNode body(Known known) {
        Caller caller = known.caller();
        ObjectNode body = object().put("caller", caller.id());
        ArrayNode privileges = body.putArray("privileges");
        Arrays.stream(Privilege.values())
                .filter(caller::may)
                .map(Privilege::wireName)
                .forEach(privileges::add);
        caller.realms().only().ifPresent(realms -> {
            ArrayNode names = body.putArray("realms");
            realms.stream().map(RealmId::value).sorted().forEach(names::add);
        });
        known.until().ifPresent(until -> body.put("until", until.toString()));
        return body;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void answer(RoutingContext request, ObjectNode body) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request, 200, body);
    }
}
