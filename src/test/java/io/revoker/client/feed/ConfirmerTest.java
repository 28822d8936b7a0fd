package io.revoker.client.feed;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is applied while the service has not answered the confirmation before; no heartbeat comes. */
class ConfirmerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<HttpServerRequest> unanswered = new ConcurrentLinkedQueue<>();
    private final List<String> confirmed = new CopyOnWriteArrayList<>();
    private final HttpServer service =
            get(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"));
    private final URI node = URI.create("http://127.0.0.1:" + service.actualPort());
    private final RevokerClient client = RevokerClient.builder(node).build();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Loop loop = new Loop("confirmer-test", failures::add);
    /** Where {@link System#nanoTime()} begins is not said: it may be negative. */
    private final AtomicLong clock = new AtomicLong(Duration.ofDays(-1).toNanos());

    private final Confirmer confirmer =
            new Confirmer(new Confirmer.Follower("one", Duration.ofSeconds(5)), failures::add, clock::get);

    @AfterEach
    void close() {
        loop.close(() -> {});
        client.close();
        get(vertx.close());
    }

    private void take(HttpServerRequest request) {
        request.bodyHandler(body -> {
            confirmed.add(new JsonObject(body).getString("confirmed"));
            unanswered.add(request);
        });
    }

    private void answer(int status) {
        unanswered.remove().response().setStatusCode(status).end().onFailure(gone -> {});
    }

    private void applied(long stamp) {
        loop.run(() -> confirmer.applied(source(), stamp));
    }

    private Incoming.Source source() {
        return new Incoming.Source(loop, client.access(), node);
    }

    private void heartbeat(long stamp) {
        loop.run(() -> confirmer.confirm(source(), stamp));
    }

    private void pass(Duration time) {
        loop.run(() -> clock.addAndGet(time.toNanos()));
    }

    private void awaitFailures(int number) {
        until("failed", () -> failures.size() == number);
    }

    private void awaitConfirmed(String... stamps) {
        until("confirmed", () -> unanswered.size() == 1 && confirmed.size() >= stamps.length);
        assertThat(confirmed).containsExactly(stamps);
    }

    @Test
    void isConfirmedAsSoonAsTheServiceHasAnswered() {
        applied(1);
        awaitConfirmed("1");
        applied(2);
        applied(3);
        answer(200);
        awaitConfirmed("1", "3");
        answer(200);
        applied(4);
        awaitConfirmed("1", "3", "4");
        assertThat(failures).isEmpty();
    }

    @Test
    void isConfirmedAlthoughTheServiceHasRefusedTheOneBefore() {
        applied(1);
        awaitConfirmed("1");
        applied(2);
        answer(503);
        awaitConfirmed("1", "2");
        assertThat(failures).hasSize(1);
    }

    @Test
    void isNotConfirmedTwice() {
        applied(1);
        awaitConfirmed("1");
        heartbeat(1);
        applied(1);
        answer(200);
        applied(2);
        awaitConfirmed("1", "2");
    }

    @Test
    void isNotConfirmedForAWhileAfterTheServiceHasRefused() {
        heartbeat(1);
        awaitConfirmed("1");
        answer(409);
        awaitFailures(1);
        heartbeat(2);
        applied(3);
        pass(Duration.ofSeconds(1));
        heartbeat(4);
        awaitConfirmed("1", "4");
        answer(409);
        awaitFailures(2);
        pass(Duration.ofMillis(999));
        heartbeat(5);
        pass(Duration.ofMillis(1001));
        heartbeat(6);
        awaitConfirmed("1", "4", "6");
    }

    @Test
    void isSentAtMostHalfAMinuteApartHoweverOftenItIsRefused() {
        for (int i = 0; i < 10; i++) {
            heartbeat(1);
            until("confirmed", () -> unanswered.size() == 1);
            answer(403);
            awaitFailures(i + 1);
            pass(Duration.ofSeconds(25));
        }
    }

    @Test
    void isConfirmedAtEachHeartbeatOnceTheServiceTakesItAgain() {
        heartbeat(1);
        awaitConfirmed("1");
        answer(409);
        awaitFailures(1);
        pass(Duration.ofSeconds(1));
        heartbeat(1);
        awaitConfirmed("1", "1");
        answer(200);
        until("confirmed again", () -> {
            heartbeat(1);
            return confirmed.size() >= 3;
        });
    }

    /** It may be another instance that answers next. */
    @Test
    void isConfirmedAtTheNextHeartbeatIfTheServiceCouldNotTakeIt() {
        heartbeat(1);
        awaitConfirmed("1");
        answer(429);
        awaitFailures(1);
        heartbeat(1);
        awaitConfirmed("1", "1");
        answer(503);
        awaitFailures(2);
        heartbeat(2);
        awaitConfirmed("1", "1", "2");
    }
}
