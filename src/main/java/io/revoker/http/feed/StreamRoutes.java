package io.revoker.http.feed;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.FeedConfig;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v1/revocations/stream}: the revocations as they come, as Server-Sent Events (WHATWG HTML, section 9.2). */
public final class StreamRoutes implements Routes {
    private static final String PATH = "/v1/revocations/stream";
    private static final String LAST_HEADER = "Last-Event-ID";
    private static final String LAST = "last_event_id";
    private static final String TIMEOUT = "timeout";

    private final RouteContext context;
    private final Gate gate;
    private final EventHub hub;
    private final InFlightLimit inFlight;
    private final Follower.Ports ports;
    private final LoopFollowers followers;

    /** Create it on the event loop that serves. */
    public StreamRoutes(
            RouteContext context,
            RevokerBus bus,
            Gate gate,
            EventHub hub,
            InFlightLimit inFlight,
            FeedConfig settings) {
        Context loop = context.vertx().getOrCreateContext();
        this.context = context;
        this.gate = gate;
        this.hub = hub;
        this.inFlight = inFlight;
        this.ports = new Follower.Ports(loop, bus::readLog, hub.meters(), settings.patience());
        this.followers =
                hub.join(read -> new LoopFollowers(loop, settings.buffer().bytes(), read));
    }

    @Override
    public void mount(Router router) {
        router.get(PATH)
                .handler(request -> gate.admit(
                        request, Privilege.FEED, new ProblemAccessDenied(), caller -> begin(request, caller)));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
    }

    @Override
    public void leave() {
        hub.leave(followers);
        followers.endHere();
    }

    private void begin(RoutingContext request, Caller caller) {
        try {
            FollowRequest.requireKnown(request, Set.of(LAST, TIMEOUT));
            follow(request, caller, last(request), FollowRequest.time(TIMEOUT, request.queryParam(TIMEOUT)));
        } catch (Problem refused) {
            ProblemDetails.of(refused).send(request);
        }
    }

    /** A client that reconnects sends the header, and the query that it began with. */
    private static Optional<Stamp> last(RoutingContext request) {
        List<String> header = request.request().headers().getAll(LAST_HEADER);
        return header.isEmpty()
                ? FollowRequest.stamp(LAST, request.queryParam(LAST))
                : FollowRequest.stamp(LAST_HEADER, header);
    }

    private void follow(RoutingContext request, Caller caller, Optional<Stamp> last, Optional<Duration> timeout) {
        if (inFlight.isDraining()) {
            throw Problem.overloaded("service: shutting down (expected: a retry)");
        }
        if (!hub.enter()) {
            throw Problem.overloaded(
                    "followers: " + hub.mostFollowers() + " (expected: fewer; see feed.max-followers)");
        }
        context.unhurried().accept(request);
        head(request.response());
        Follower follower = new Follower(request.request(), caller.realms(), followers.window(), ports);
        followers.add(follower);
        request.addEndHandler(end -> {
            followers.remove(follower);
            hub.exit();
        });
        request.request().resume();
        timeout.ifPresent(time -> context.vertx().setTimer(Math.max(1, time.toMillis()), over -> follower.end()));
        follower.begin(last);
    }

    /** With what keeps proxies from holding it back, or from keeping it. */
    private static void head(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no");
    }
}
