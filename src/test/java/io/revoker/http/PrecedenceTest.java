package io.revoker.http;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.Codecs;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Callers;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.domain.Report;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Precedence precedence = new Precedence(nanos::get);

    @Test
    void isNobodysAtFirst() {
        assertThat(precedence.isTaken()).isFalse();
    }

    @Test
    void isTakenWhileSomethingIsRevokedAndALittleLonger() {
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        Future<String> done = precedence.take(first::future);
        precedence.take(second::future);
        assertThat(precedence.isTaken()).isTrue();

        first.complete("done");
        pass(Duration.ofMillis(500));
        assertThat(done.result()).isEqualTo("done");
        assertThat(precedence.isTaken()).isTrue();

        second.fail("failed");
        pass(Duration.ofMillis(99));
        assertThat(precedence.isTaken()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(precedence.isTaken()).isFalse();
    }

    /** A large realm takes minutes. */
    @Test
    void isGivenUpByWhatLasts() {
        precedence.take(Promise.<String>promise()::future);

        pass(Duration.ofMillis(999));
        assertThat(precedence.isTaken()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(precedence.isTaken()).isFalse();
    }

    @Test
    void isGivenUpByWhatThrows() {
        Future<String> thrown = precedence.take(() -> {
            throw new IllegalStateException("x");
        });

        pass(Duration.ofMillis(100));
        assertThat(thrown.cause()).hasMessage("x");
        assertThat(precedence.isTaken()).isFalse();
    }

    @Test
    void isTakenByAnInvalidation() {
        Vertx vertx = Vertx.vertx();
        Precedence shared = new Precedence();
        AtomicBoolean taken = new AtomicBoolean();
        Codecs.register(vertx.eventBus());
        new BusEndpoint(vertx).<Revoke, Report>serve(Addresses.REVOKE, request -> {
            taken.set(shared.isTaken());
            return Future.succeededFuture(Report.NOT_FOUND);
        });
        Router router = Router.router(vertx);
        new ElasticRoutes(
                        new Edge(vertx, unhurried -> {}, shared),
                        new RevokerBus(vertx, Duration.ofSeconds(5)),
                        new Gate(
                                Callers.anonymous(),
                                new Traffic(10_000, new SimpleMeterRegistry()),
                                new SimpleMeterRegistry()),
                        ConfigurationLoader.load(List.of(), Map.of()))
                .mount(router);
        HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));

        Call.of("DELETE", URI.create("http://127.0.0.1:" + server.actualPort() + Api.PATH))
                .json("{\"token\":\"x\"}")
                .send();

        assertThat(taken).isTrue();
        get(vertx.close());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
