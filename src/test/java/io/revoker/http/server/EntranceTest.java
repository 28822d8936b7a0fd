package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.http.HostRule;
import io.revoker.http.Routes;
import io.revoker.http.Served;
import io.revoker.http.Traffic;
import io.revoker.testing.RawConnection;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** To find out who it is may take longer than a client waits. */
    @Test
    void keepsNoPlaceForAClientThatHasGoneBeforeItIsLetIn() {
        Traffic traffic = new Traffic(1, new SimpleMeterRegistry());
        assertThat(traffic.enter()).isTrue();
        CompletableFuture<Promise<Boolean>> asked = new CompletableFuture<>();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<Context> loop = new CompletableFuture<>();
        Served served = new Served(
                HostRule.any(),
                request -> {
                    Promise<Boolean> mayRevoke = Promise.promise();
                    request.addEndHandler(end -> gone.complete(null));
                    loop.complete(Vertx.currentContext());
                    asked.complete(mayRevoke);
                    return mayRevoke.future();
                },
                List.of(),
                List.of(new Routes() {
                    @Override
                    public void mount(Router router) {}

                    @Override
                    public Stream<String> revoking() {
                        return Stream.of("/revoke");
                    }
                }));
        Router router = Router.router(vertx);
        router.route().handler(new Entrance(traffic, served));
        HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        try (RawConnection client = RawConnection.to(server.actualPort())) {
            client.send("DELETE /revoke HTTP/1.1\r\nHost: localhost\r\n\r\n");
            asked.join();
        }
        gone.join();
        Promise<Void> decided = Promise.promise();
        loop.join().runOnContext(turn -> {
            asked.join().complete(true);
            decided.complete();
        });
        get(decided.future());

        assertThat(traffic.inFlight()).isEqualTo(1);
    }
}
