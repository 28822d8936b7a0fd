package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.server.ConnectionTimeouts.Watched;
import io.revoker.testing.Configurations;
import io.revoker.testing.Http2Frames;
import io.revoker.testing.RawConnection;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When it is looked for connections that are overdue: only when one may be. */
class ConnectionTimeoutsTest {
    private static final long SHORTEST_MILLIS = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /** One that is still to come, which the test takes when it wants. */
    private record Look(long millis, Handler<Long> work, Context context) {}

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void areLookedForOnceInTheShortestTimeOutWhileAllAreIdle() {
        int port = serve(held(), "20s", "10m", "1m");
        try (RawConnection one = RawConnection.to(port);
                RawConnection another = RawConnection.to(port)) {
            ask(one);
            ask(another);
            for (int i = 0; i < 3; i++) {
                assertThat(looks).hasSize(1);
                assertThat(look()).isEqualTo(SHORTEST_MILLIS);
            }
        }
    }

    @Test
    void areNotLookedForWhileThereAreNone() {
        int port = serve(held(), "20s", "10m", "1m");
        assertThat(looks).isEmpty();
        for (int i = 0; i < 2; i++) {
            try (RawConnection connection = RawConnection.to(port)) {
                ask(connection);
                assertThat(looks).hasSize(1);
            }
            until("none to come", () -> {
                look();
                return looks.isEmpty();
            });
        }
    }

    @Test
    void areLookedForWhenTheEarliestOfTheirClocksEnds() {
        int port = serve(held(), "20s", "20s", "1m");
        try (RawConnection busy = RawConnection.to(port)) {
            busy.send(request("/never"));
            until("under way", () -> underWay.get() > 0);
            try (RawConnection idle = RawConnection.to(port)) {
                ask(idle);
                until("an earlier look", () -> millisAfterOne() < SHORTEST_MILLIS);
            }
            until("a later look", () -> millisAfterOne() == SHORTEST_MILLIS);
        }
    }

    /** Of the requests on one connection, the first one may last. */
    @Test
    void areClosedWhenTheClockOfTheSecondRequestEnds() {
        int port = serve(vertx, "10s", "10s", "1s");
        try (RawConnection connection = RawConnection.to(port)) {
            connection
                    .send(Http2Frames.preface())
                    .send(Http2Frames.get(1, "/forever"))
                    .send(Http2Frames.get(3, "/never"));
            until("under way", () -> underWay.get() >= 2);

            until("closed", () -> !connection.offer(Http2Frames.ping()));
        }
    }

    /** A server, which answers at once, never, or for ever. Returns its port. */
    private int serve(Vertx timers, String headerTimeout, String idleTimeout, String requestTimeout) {
        ConnectionTimeouts timeouts = new ConnectionTimeouts(
                timers,
                Configurations.of(
                                List.of(
                                        "--http.header-timeout=" + headerTimeout,
                                        "--http.idle-timeout=" + idleTimeout,
                                        "--http.request-timeout=" + requestTimeout),
                                Map.of())
                        .http());
        return get(vertx.createHttpServer()
                        .connectionHandler(timeouts::opened)
                        .requestHandler(request ->
                                answer(request, timeouts.begin(request.connection(), request, System.nanoTime())))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private void answer(HttpServerRequest request, Watched.UnderWay clock) {
        underWay.incrementAndGet();
        switch (request.path()) {
            case "/never" -> {}
            case "/forever" -> clock.lastForEver();
            default -> {
                clock.end(System.nanoTime());
                request.response().end().onFailure(gone -> {});
            }
        }
    }

    /** A Vert.x of which only a timer is asked for. */
    @SuppressWarnings("unchecked")
    private Vertx held() {
        return (Vertx) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Vertx.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("setTimer");
                    looks.add(new Look((Long) arguments[0], (Handler<Long>) arguments[1], vertx.getOrCreateContext()));
                    return 0L;
                });
    }

    /** Takes the next look now. Returns how many milliseconds it was to wait. */
    private long look() {
        Look next = looks.remove();
        Promise<Void> taken = Promise.promise();
        next.context().runOnContext(now -> {
            next.work().handle(0L);
            taken.complete();
        });
        get(taken.future());
        return next.millis();
    }

    /** Takes one, and says how long the next one is to wait. */
    private long millisAfterOne() {
        look();
        return looks.element().millis();
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static void ask(RawConnection connection) {
        assertThat(connection.exchange(request("/")).status()).isEqualTo(200);
    }
}
