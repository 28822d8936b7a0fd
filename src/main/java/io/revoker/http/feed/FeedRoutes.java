package io.revoker.http.feed;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.FeedConfig;
import io.revoker.config.HttpConfig;
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
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * {@code GET /v1/revocations/stream}: the revocations as they come, as Server-Sent Events (WHATWG HTML, section 9.2);
 * {@code GET /v1/revocations/changes}: those since a stamp, for clients that poll.
 */
public final class FeedRoutes implements Routes {
    private static final String STREAM = "/v1/revocations/stream";
    private static final String CHANGES = "/v1/revocations/changes";
    private static final String LAST_HEADER = "Last-Event-ID";
    private static final String LAST = "last_event_id";
    private static final String SINCE = "since";
    private static final String TIMEOUT = "timeout";
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private final RouteContext context;
    private final Gate gate;
    private final EventHub hub;
    private final InFlightLimit inFlight;
    private final Follower.Ports ports;
    private final LoopFollowers followers;
    private final Duration longestPoll;

    /** Create it on the event loop that serves. */
    public FeedRoutes(
            RouteContext context, RevokerBus bus, Gate gate, EventHub hub, InFlightLimit inFlight, Settings settings) {
        Context loop = context.vertx().getOrCreateContext();
        this.context = context;
        this.gate = gate;
        this.hub = hub;
        this.inFlight = inFlight;
        this.ports = new Follower.Ports(
                loop, bus::readLog, hub.meters(), settings.feed().patience());
        this.followers = hub.join(
                read -> new LoopFollowers(loop, settings.feed().buffer().bytes(), read));
        this.longestPoll = settings.longestPoll();
    }

    /** The settings that bound it. */
    public record Settings(FeedConfig feed, HttpConfig http) {
        private Duration longestPoll() {
            return Collections.min(List.of(LONGEST_POLL, http.requestTimeout(), http.longestWait()));
        }
    }

    @Override
    public void mount(Router router) {
        mount(router, STREAM, this::follow);
        mount(router, CHANGES, this::poll);
    }

    private void mount(Router router, String path, BiConsumer<RoutingContext, Caller> then) {
        router.get(path)
                .handler(request -> gate.admit(
                        request, Privilege.FEED, new ProblemAccessDenied(), caller -> attempt(request, caller, then)));
        router.route(path).handler(new MethodNotAllowed("GET"));
    }

    private static void attempt(RoutingContext request, Caller caller, BiConsumer<RoutingContext, Caller> then) {
        try {
            then.accept(request, caller);
        } catch (Problem refused) {
            ProblemDetails.of(refused).send(request);
        }
    }

    @Override
    public void leave() {
        hub.leave(followers);
        followers.endHere();
    }

    private void follow(RoutingContext request, Caller caller) {
        FollowRequest asked = new FollowRequest(request.request(), Set.of(LAST, TIMEOUT));
        Optional<Stamp> last = last(request.request(), asked);
        Optional<Duration> timeout = asked.time(TIMEOUT);
        enter();
        context.unhurried().accept(request);
        head(request.response()).putHeader(SeenRealms.HEADER, SeenRealms.of(caller.realms()));
        Follower follower = new Follower(request.request(), caller.realms(), followers.window(), ports);
        add(request, follower);
        timeout.ifPresent(time -> after(time, request, follower::end));
        follower.begin(last);
    }

    /** A client that reconnects sends the header, and the query that it began with. */
    private static Optional<Stamp> last(HttpServerRequest request, FollowRequest asked) {
        return FollowRequest.stampOfHeader(request, LAST_HEADER).or(() -> asked.stamp(LAST));
    }

    private void poll(RoutingContext request, Caller caller) {
        FollowRequest asked = new FollowRequest(request.request(), Set.of(SINCE, TIMEOUT));
        Stamp since = asked.stamp(SINCE)
                .orElseThrow(() -> Problem.invalid(SINCE + ": missing (expected: a stamp, as in an event; 0 for all)"));
        Duration timeout =
                Collections.min(List.of(longestPoll, asked.time(TIMEOUT).orElse(Duration.ZERO)));
        enter();
        Poll poll = new Poll(request, caller.realms(), followers.window(), ports);
        add(request, poll);
        if (!timeout.isZero()) {
            after(timeout, request, poll::over);
        }
        poll.begin(since);
        if (timeout.isZero()) {
            poll.over();
        }
    }

    /** Unless the request has ended by then. Call it before it may be answered: that may be at once. */
    private void after(Duration time, RoutingContext request, Runnable action) {
        long timer = context.vertx().setTimer(Math.max(1, time.toMillis()), over -> action.run());
        request.addEndHandler(end -> context.vertx().cancelTimer(timer));
    }

    private void enter() {
        if (inFlight.isDraining()) {
            throw Problem.overloaded("service: shutting down (expected: a retry)");
        }
        if (!hub.enter()) {
            throw Problem.overloaded(
                    "followers: " + hub.mostFollowers() + " (expected: fewer; see feed.max-followers)");
        }
    }

    private void add(RoutingContext request, Following follower) {
        followers.add(follower);
        request.addEndHandler(end -> {
            followers.remove(follower);
            hub.exit();
        });
        request.request().resume();
    }

    /** With what keeps proxies from holding it back, or from keeping it. */
    private static HttpServerResponse head(HttpServerResponse response) {
        return response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader(Uptime.HEADER, Long.toString(Uptime.millis()));
    }
}
