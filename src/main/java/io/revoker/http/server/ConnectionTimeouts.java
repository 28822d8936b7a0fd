package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the time that each connection may take; {@link AcceptLimiter} bounds the number of connections. An idle
 * time-out alone is not enough: a client that sends a byte now and then is never idle. There are three clocks: until
 * the head of the first request is complete, between requests, and until a request has been answered. Used by one
 * event loop.
 */
final class ConnectionTimeouts implements Handler<RoutingContext> {
    /** By so much a connection may be closed too late. */
    private static final long LEAST_MILLIS = 100;

    private static final Duration EVER = Duration.ofDays(365);

    private final Vertx vertx;
    private final HttpConfig limits;
    private final long requestNanos;
    private final long idleNanos;
    /** What begins from now on is not overdue before that. */
    private final long shortestNanos;

    private final Map<HttpConnection, Watched> watched = new HashMap<>();
    private boolean looking;

    ConnectionTimeouts(Vertx vertx, HttpConfig limits) {
        this.vertx = vertx;
        this.limits = limits;
        this.requestNanos = limits.requestTimeout().multipliedBy(2).toNanos();
        this.idleNanos = limits.idleTimeout().toNanos();
        this.shortestNanos = Math.min(limits.headerTimeout().toNanos(), Math.min(requestNanos, idleNanos));
    }

    /**
     * Often called only when the head of the first request is complete: until then {@link AcceptLimiter} bounds the
     * connection.
     */
    void opened(HttpConnection connection) {
        Watched state = new Watched(in(limits.headerTimeout()), idleNanos);
        watched.put(connection, state);
        if (!looking) {
            looking = true;
            lookIn(shortestNanos);
        }
        connection.closeHandler(closed -> watched.remove(connection));
        connection.shutdownHandler(drain -> {
            if (state.isIdle()) {
                close(connection);
            }
        });
    }

    /** Starts the clock of a request whose head is complete. */
    @Override
    public void handle(RoutingContext request) {
        Watched.UnderWay begun = begin(request.request().connection(), request.request(), System.nanoTime());
        request.addEndHandler(end -> begun.end(System.nanoTime()));
        request.next();
    }

    /** Starts the clock of a request whose head is complete; the caller ends it. */
    Watched.UnderWay begin(HttpConnection connection, Object request, long now) {
        return watched(connection).begin(request, now + requestNanos);
    }

    /**
     * Removes the time limit of a request that may last as long as its body: only the idle time-out ends it. A router
     * within the router has another context for the same request.
     */
    void exempt(RoutingContext request) {
        watched(request.request().connection()).postpone(request.request(), in(EVER));
    }

    /** A connection that was refused or closed may still have a request; its clocks are not checked. */
    private Watched watched(HttpConnection connection) {
        Watched state = watched.get(connection);
        return state == null ? new Watched(in(EVER), idleNanos) : state;
    }

    /** Until there is no connection. An idle service is not woken, and one with idle connections seldom. */
    private void look() {
        if (watched.isEmpty()) {
            looking = false;
            return;
        }
        long now = System.nanoTime();
        long next = shortestNanos;
        List<HttpConnection> overdue = new ArrayList<>();
        for (Map.Entry<HttpConnection, Watched> entry : watched.entrySet()) {
            long left = entry.getValue().left(now);
            next = Math.min(next, left);
            if (left < 0) {
                overdue.add(entry.getKey());
            }
        }
        overdue.forEach(ConnectionTimeouts::close);
        lookIn(next);
    }

    private void lookIn(long nanos) {
        vertx.setTimer(Math.max(LEAST_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos)), timer -> look());
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static void close(HttpConnection connection) {
        connection.shutdown(0, TimeUnit.MILLISECONDS).onFailure(alreadyClosed -> {});
    }

    /** The clocks of one connection: one for each request that is being answered, and one between requests. */
    static final class Watched {
        private final List<UnderWay> requests = new ArrayList<>(1);
        private final long idleNanos;
        private long nextHead;

        /** @param nextHead deadline for the head of the first request */
        Watched(long nextHead, long idleNanos) {
            this.nextHead = nextHead;
            this.idleNanos = idleNanos;
        }

        /** A request that is being answered. */
        final class UnderWay {
            private final Object request;
            private long deadline;

            private UnderWay(Object request, long deadline) {
                this.request = request;
                this.deadline = deadline;
            }

            /** From now on it lasts as long as its client wants. */
            void lastForEver() {
                deadline = in(EVER);
            }

            void end(long now) {
                requests.remove(this);
                nextHead = now + idleNanos;
            }
        }

        UnderWay begin(Object request, long deadline) {
            UnderWay begun = new UnderWay(request, deadline);
            requests.add(begun);
            return begun;
        }

        void postpone(Object request, long deadline) {
            for (UnderWay one : requests) {
                if (one.request == request) {
                    one.deadline = deadline;
                }
            }
        }

        boolean isIdle() {
            return requests.isEmpty();
        }

        /** How long until the earliest of its clocks ends; negative if it has. */
        long left(long now) {
            return requests.stream().mapToLong(one -> one.deadline - now).min().orElse(nextHead - now);
        }
    }
}
