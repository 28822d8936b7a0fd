package io.revoker.http;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Privilege;
import io.revoker.testing.RawConnection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightPermitTest {
    private final Vertx vertx = Vertx.vertx();
    private final InFlightLimit inFlight = new InFlightLimit(1, new SimpleMeterRegistry());
    private final Promise<Authentication> verified = Promise.promise();
    private final CompletableFuture<Context> loop = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CompletableFuture<Future<Authentication>> outcome = new CompletableFuture<>();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** To find out who it is may take longer than a client waits. */
    @Test
    void isNotTakenForAClientThatHasGoneBeforeItIsKnown() {
        Callers slow = credentials -> verified.future();
        Router router = Router.router(vertx);
        router.route().handler(request -> {
            request.addEndHandler(end -> gone.complete(null));
            loop.complete(Vertx.currentContext());
            outcome.complete(
                    new Gate(slow, inFlight, new SimpleMeterRegistry()).authenticate(request, Privilege.CHECK));
        });
        HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        try (RawConnection client = RawConnection.to(server.actualPort())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            outcome.join();
        }
        gone.join();
        loop.join().runOnContext(turn -> verified.complete(new Authentication.Authenticated(Caller.ANONYMOUS)));

        assertThat(get(outcome.join().otherwiseEmpty())).isNull();
        assertThat(inFlight.inFlight()).isZero();
    }
}
