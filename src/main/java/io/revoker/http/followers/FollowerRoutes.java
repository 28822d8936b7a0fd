package io.revoker.http.followers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.FollowerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.FollowerRequests.Outcome;
import io.revoker.domain.followers.FollowerRequests.Remove;
import io.revoker.domain.followers.FollowerRequests.Removed;
import io.revoker.domain.followers.FollowerStore;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.Parameters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/followers}: a follower has a name among those of its caller, and confirms what it has applied. A caller
 * that may do everything in all realms sees and removes those of others, too.
 */
public final class FollowerRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerRoutes.class);
    private static final String PATH = "/v1/followers";
    private static final String ONE = PATH + "/:name";
    private static final String JSON = "application/json";
    private static final String CALLER = "caller";
    private static final String STAMP = "stamp";

    private final FollowerBus bus;
    private final Gate gate;
    private final BodyReader bodies;

    public FollowerRoutes(FollowerBus bus, Gate gate, BodyReader bodies) {
        this.bus = bus;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> admit(request, this::list));
        router.delete(ONE).handler(request -> admit(request, this::remove));
        PostOnly.read(router, HttpMethod.PUT, ONE, Map.of(JSON, request -> admit(request, this::confirm)), JSON);
        router.route(PATH).handler(new MethodNotAllowed("GET"));
        router.route(ONE).handler(new MethodNotAllowed("DELETE, PUT"));
    }

    private void admit(RoutingContext request, BiConsumer<RoutingContext, Caller> then) {
        gate.admit(request, Privilege.FEED, new ProblemAccessDenied(), caller -> then.accept(request, caller));
    }

    private void confirm(RoutingContext request, Caller caller) {
        AsyncAnswer.by(
                request,
                bodies.read(request.request()),
                body -> AsyncAnswer.orProblem(
                        request,
                        Future.succeededFuture(body.getBytes())
                                .map(bytes -> FollowerDocument.read(id(request, caller.id()), caller.realms(), bytes))
                                .compose(asked -> bus.confirm(asked)
                                        .map(done -> new Told(
                                                asked.follower(),
                                                asked.confirmed().toString(),
                                                done))),
                        told -> confirmed(request, told)));
    }

    /** A confirmation, and what became of it. */
    private record Told(FollowerId follower, String stamp, Confirmed reply) {}

    private static void confirmed(RoutingContext request, Told told) {
        switch (told.reply().outcome()) {
            case TOO_NEW ->
                new ProblemDetails(
                                409,
                                "confirmed: " + told.stamp()
                                        + " (expected: at most the stamp of the newest revocation, "
                                        + told.reply().confirmed() + ")")
                        .send(request);
            case TOO_MANY ->
                new ProblemDetails(
                                409,
                                "followers: too many (expected: at most " + FollowerStore.MOST_OF_CALLER
                                        + " of a client, and " + FollowerStore.MOST + " of all)")
                        .send(request);
            case ADDED, CONFIRMED -> {
                if (told.reply().outcome() == Outcome.ADDED) {
                    log("follower added", told.follower(), told.follower().caller());
                }
                noStore(request);
                Answer.json(request, 200, FollowerDocument.of(told.follower(), told.reply()));
            }
        }
    }

    private void list(RoutingContext request, Caller caller) {
        Optional<String> whose = seesAll(caller) ? Optional.empty() : Optional.of(caller.id());
        AsyncAnswer.orProblem(
                request,
                Future.succeededFuture(request.request())
                        .map(asked -> stamp(Parameters.ofQuery(asked)))
                        .compose(stamp -> bus.find(new Find(whose))
                                .map(found -> FollowerDocument.of(found, stamp.orElse(found.newest())))),
                listed -> listed(request, listed));
    }

    private static Optional<Stamp> stamp(Parameters query) {
        query.requireOnly(List.of(STAMP));
        return query.value(STAMP)
                .map(text -> Stamp.parse(text)
                        .orElseThrow(() -> Problem.invalid(STAMP + ": not a stamp (expected: 1 to 18 digits)")));
    }

    private static void listed(RoutingContext request, ObjectNode body) {
        noStore(request);
        Answer.json(request, 200, body);
    }

    private static boolean seesAll(Caller caller) {
        return caller.may(Privilege.ADMIN) && caller.realms().only().isEmpty();
    }

    private void remove(RoutingContext request, Caller caller) {
        AsyncAnswer.orProblem(
                request,
                Future.succeededFuture(request.request())
                        .map(asked -> id(request, owner(Parameters.ofQuery(asked), caller)))
                        .compose(
                                id -> bus.remove(new Remove(id)).onSuccess(removed -> logRemoval(removed, id, caller))),
                removed -> removed(request, removed));
    }

    private static String owner(Parameters query, Caller caller) {
        query.requireOnly(List.of(CALLER));
        String owner = query.value(CALLER).orElse(caller.id());
        if (!owner.equals(caller.id()) && !seesAll(caller)) {
            throw Problem.forbidden(CALLER + ": that of others (expected: the client's own followers)");
        }
        return owner;
    }

    private static void logRemoval(Removed removed, FollowerId id, Caller caller) {
        if (removed.wasKnown()) {
            log("follower removed", id, caller.id());
        }
    }

    private static void removed(RoutingContext request, Removed removed) {
        if (removed.wasKnown()) {
            Answer.empty(request, 204);
        } else {
            new ProblemDetails(404, "follower: unknown").send(request);
        }
    }

    private static FollowerId id(RoutingContext request, String caller) {
        return new FollowerId(caller, request.pathParam("name"));
    }

    private static void noStore(RoutingContext request) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static void log(String what, FollowerId id, String by) {
        LOG.atInfo()
                .addKeyValue("caller", by)
                .addKeyValue("follower", id.name())
                .addKeyValue("of", id.caller())
                .log(what);
    }
}
