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

/** Counts the requests that are being answered, over all event loops, against the bound, and asks clients to leave while the service drains. */
public final class Traffic {

    /** Under which a request keeps its route: a router forgets it when the request fails. */
    private static final String KEPT_ROUTE = "revoker.route";
    /** Tokens of a batch that weigh as much as a request. */
    private static final int TOKENS = 100;

    private static final int LEAST_ROOM_TO_REVOKE = 16;

    private volatile int maxInFlight;
    private final HttpMeters meters;
    private final LoopMeter loops;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** What of it the batches weigh. */
    private final AtomicInteger batches = new AtomicInteger();

    private final Precedence precedence = new Precedence();
    private volatile boolean draining;

    public Traffic(int maxInFlight, MeterRegistry registry) {
        this.maxInFlight = maxInFlight;
        this.meters = new HttpMeters(registry, this::inFlight);
        this.loops = new LoopMeter(registry);
    }

    /** Measures from now on how late the event loop that calls this is. */
    public void watch(Vertx vertx) {
        loops.watch(vertx);
    }

    /** The routes that there are. */
    public void expect(Stream<String> routes) {
        routes.forEach(meters::expect);
    }

    /** From now on so many requests may be answered at once; those that are go on. */
    public void limit(int requests) {
        maxInFlight = requests;
    }

    /** The route that has the answer; absent if no route is for its path. */
    public static Optional<String> route(RoutingContext request) {
        return current(request).or(() -> Optional.ofNullable(request.get(KEPT_ROUTE)));
    }

    /** Keeps the route that has the request now, whatever becomes of it. */
    static void keepRoute(RoutingContext request) {
        current(request).ifPresent(route -> request.put(KEPT_ROUTE, route));
    }

    private static Optional<String> current(RoutingContext request) {
        return Optional.ofNullable(request.currentRoute()).flatMap(route -> Optional.ofNullable(route.getPath()));
    }

    /** A request to a direct route was answered. */
    public void answered(String route, int status, long began) {
        meters.answered(route, status, began);
    }

    /** Asks the client to leave, if it should. Over HTTP/2 the end of the server does (GOAWAY): an answer with this header would be malformed. */
    public void greet(HttpServerRequest request) {
        if (draining && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Whether one request more may be answered now; it must {@link #leave} then. */
    public boolean enter() {
        return enter(1, maxInFlight);
    }

    /** The same for a request that revokes, for which there is more room. */
    public boolean enterToRevoke() {
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

    public void leave() {
        inFlight.decrementAndGet();
    }

    /**
     * Answers a batch, which weighs a request for each hundred tokens. Batches leave half of the room to others, and one alone is never too many.
     *
     * @return fails with a {@link Problem} without any work if that is too much now
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

    /** Of revocations before bulk work. */
    public Precedence precedence() {
        return precedence;
    }

    /** Requests that are being answered now. */
    public int inFlight() {
        return inFlight.get();
    }

    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Measures how late an event loop is: how much later than it should a timer fires, and so does everything else there. */
    static final class LoopMeter {
        private static final long PERIOD_MILLIS = 100;

        private final Timer delay;

        LoopMeter(MeterRegistry registry) {
            delay = Timer.builder("revoker.event.loop.delay")
                    .description("Time by which an event loop is late, ten times a second on each of them.")
                    .serviceLevelObjectives(
                            Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1))
                    .register(registry);
        }

        /** Watches the event loop that calls it, for as long as the verticle there is deployed. */
        void watch(Vertx vertx) {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            vertx.setTimer(PERIOD_MILLIS, timer -> {
                delay.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
                watch(vertx);
            });
        }
    }
}
