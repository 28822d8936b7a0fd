package io.revoker.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts the requests that are being answered, over all event loops, against the bound. Also holds what else the
 * listeners of all event loops share: the meters of routes and of the delay of the loops, the priority of revocations,
 * and whether the service drains.
 */
public final class InFlightLimit {

    /** The key under which a request keeps its route: the router forgets the route when the request fails. */
    private static final String KEPT_ROUTE = "revoker.route";
    /** Tokens of a batch that weigh as much as one request. */
    private static final int TOKENS = 100;

    private static final int LEAST_ROOM_TO_REVOKE = 16;

    private volatile int maxInFlight;
    private final HttpMeters meters;
    private final LoopMeter loops;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** The weight of the batches in it. */
    private final AtomicInteger batches = new AtomicInteger();

    private final RevocationPriority priority = new RevocationPriority();
    private volatile boolean draining;

    public InFlightLimit(int maxInFlight, MeterRegistry registry) {
        this.maxInFlight = maxInFlight;
        this.meters = new HttpMeters(registry, this::inFlight);
        this.loops = new LoopMeter(registry);
    }

    /** Measures the delay of the calling event loop from now on. */
    public void watch(Vertx vertx) {
        loops.watch(vertx);
    }

    /** Registers the routes that exist. */
    public void expect(Stream<String> routes) {
        routes.forEach(meters::expect);
    }

    /** Changes the bound; requests that are being answered are not affected. */
    public void limit(int requests) {
        maxInFlight = requests;
    }

    /** The route that answers the request; absent if no route matches its path. */
    public static Optional<String> route(RoutingContext request) {
        return current(request).or(() -> Optional.ofNullable(request.get(KEPT_ROUTE)));
    }

    /** Keeps the current route of the request, even if it fails later. */
    static void keepRoute(RoutingContext request) {
        current(request).ifPresent(route -> request.put(KEPT_ROUTE, route));
    }

    private static Optional<String> current(RoutingContext request) {
        return Optional.ofNullable(request.currentRoute()).flatMap(route -> Optional.ofNullable(route.getPath()));
    }

    /**
     * Counts an answer under its route.
     *
     * @param nanos that it took
     */
    public void answered(String route, int status, long nanos) {
        meters.answered(route, status, nanos);
    }

    /**
     * Asks the client to disconnect, if the service drains. Over HTTP/2 closing the server does that (GOAWAY), and
     * this header would make an answer malformed.
     */
    public void closeIfDraining(HttpServerRequest request) {
        if (draining && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Whether one more request may be answered now; if so, it must {@link #leave} later. */
    public boolean enter() {
        return enter(1, maxInFlight);
    }

    /** The same for a request that revokes, for which there is more room. */
    boolean enterToRevoke() {
        int most = maxInFlight;
        return enter(1, most + Math.max(LEAST_ROOM_TO_REVOKE, most / 10));
    }

    /** Why there is no room. */
    Problem noRoom() {
        return Problem.overloaded("requests: more than " + maxInFlight + " in flight (expected: a retry)");
    }

    private boolean enter(int weight, int most) {
        return enter(inFlight, weight, most);
    }

    private static boolean enter(AtomicInteger count, int weight, int most) {
        boolean entered = count.addAndGet(weight) <= most;
        if (!entered) {
            count.addAndGet(-weight);
        }
        return entered;
    }

    /** Gives the place back. */
    public void leave() {
        inFlight.decrementAndGet();
    }

    /**
     * Answers a batch, which weighs one request for each hundred tokens. Batches leave half of the room to other
     * requests; a single batch is never too many.
     *
     * @return fails with a {@link Problem}, without doing any work, if there is no room now
     */
    public <T> Future<T> weighing(int tokens, Supplier<Future<T>> work) {
        int most = maxInFlight;
        int weight = Math.min(1 + (tokens - 1) / TOKENS, Math.max(1, most / 4));
        if (!enter(batches, weight, Math.max(1, most / 2))) {
            return tooManyTokens();
        }
        int more = weight - 1;
        if (more > 0 && !enter(more, most)) {
            batches.addAndGet(-weight);
            return tooManyTokens();
        }
        return Future.succeededFuture().compose(entered -> work.get()).onComplete(answered -> {
            inFlight.addAndGet(-more);
            batches.addAndGet(-weight);
        });
    }

    private static <T> Future<T> tooManyTokens() {
        return Future.failedFuture(Problem.overloaded("requests: too many tokens in flight (expected: a retry)"));
    }

    /** The priority of revocations over bulk work. */
    public RevocationPriority priority() {
        return priority;
    }

    /** The number of requests that are being answered now. */
    public int inFlight() {
        return inFlight.get();
    }

    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }

    /**
     * Measures the delay of an event loop: how much later than due a timer fires. All other work there is just as
     * late.
     */
    static final class LoopMeter {
        private static final long PERIOD_MILLIS = 250;

        private final Timer delay;

        LoopMeter(MeterRegistry registry) {
            delay = Timer.builder("revoker.event.loop.delay")
                    .description("Delay of an event loop, measured four times a second on each of them.")
                    .serviceLevelObjectives(
                            Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1))
                    .register(registry);
        }

        /** Watches the calling event loop, for as long as its verticle is deployed. */
        void watch(Vertx vertx) {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            vertx.setTimer(PERIOD_MILLIS, timer -> {
                delay.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
                watch(vertx);
            });
        }
    }
}
