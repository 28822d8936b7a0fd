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
import io.revoker.domain.Report;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.receipts.Receipts;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Configurations;
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

class RevocationPriorityTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RevocationPriority priority = new RevocationPriority(nanos::get);

    @Test
    void isNobodysAtFirst() {
        assertThat(priority.isTaken()).isFalse();
    }

    @Test
    void isTakenWhileSomethingIsRevokedAndALittleLonger() {
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        Future<String> done = priority.take(first::future);
        priority.take(second::future);
        assertThat(priority.isTaken()).isTrue();

        first.complete("done");
        pass(Duration.ofMillis(500));
        assertThat(done.result()).isEqualTo("done");
        assertThat(priority.isTaken()).isTrue();

        second.fail("failed");
        pass(Duration.ofMillis(99));
        assertThat(priority.isTaken()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(priority.isTaken()).isFalse();
    }

    /** A large realm takes minutes. */
    @Test
    void isGivenUpByWhatLasts() {
        priority.take(Promise.<String>promise()::future);

        pass(Duration.ofMillis(999));
        assertThat(priority.isTaken()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(priority.isTaken()).isFalse();
    }

    @Test
    void isGivenUpByWhatThrows() {
        Future<String> thrown = priority.take(() -> {
            throw new IllegalStateException("x");
        });

        pass(Duration.ofMillis(100));
        assertThat(thrown.cause()).hasMessage("x");
        assertThat(priority.isTaken()).isFalse();
    }

    @Test
    void isTakenByAnInvalidation() {
        Vertx vertx = Vertx.vertx();
        RevocationPriority shared = new RevocationPriority();
        AtomicBoolean taken = new AtomicBoolean();
        Codecs.register(vertx.eventBus());
        new BusEndpoint(vertx).<Revoke, Report>serve(Addresses.REVOKE, request -> {
            taken.set(shared.isTaken());
            return Future.succeededFuture(Report.NOT_FOUND);
        });
        Router router = Router.router(vertx);
        RouteContext context = new RouteContext(vertx, unhurried -> {}, shared);
        new ElasticRoutes(
                        context,
                        new RevokerBus(vertx, Duration.ofSeconds(5)),
                        JwtVerifier.NONE,
                        new Gate(
                                Callers.anonymous(),
                                new InFlightLimit(10_000, new SimpleMeterRegistry()),
                                new SimpleMeterRegistry()),
                        Configurations.of(List.of(), Map.of()),
                        ReceiptWaits.of(
                                new Receipts(new SimpleMeterRegistry()),
                                context,
                                Configurations.of(List.of(), Map.of())))
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
