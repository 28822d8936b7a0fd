package io.revoker.jwt.keys;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.net.HttpTarget;
import io.revoker.testing.Issuer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Where the keys of a server are read. */
class ReadingTest {
    @Test
    void isNoEventLoop() {
        Vertx vertx = Vertx.vertx();
        HttpServer server = get(vertx.createHttpServer()
                .requestHandler(
                        request -> request.response().end(Issuer.named("i").jwks()))
                .listen(0, "127.0.0.1"));
        URI url = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
        AtomicBoolean onLoop = new AtomicBoolean();
        WebKeys keys = new WebKeys(
                vertx,
                new KeyPlace.Web(url, HttpTarget.Rule.ALL_ADDRESSES, Optional.empty()),
                Duration.ofSeconds(30),
                read -> {
                    onLoop.set(Context.isOnEventLoopThread());
                    return KeySet.read(read);
                });

        assertThat(get(keys.fetch()).keys()).hasSize(6);

        assertThat(onLoop).isFalse();
        get(vertx.close());
    }
}
