package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A revocation that the feed of an instance of an earlier version tells of before it is done: an instance that can't
 * know yet still says that the token is good. A gateway that follows must not keep that. In the place of Revoker is a
 * server that never gets any further.
 */
@NeedsTools
class UnsettledRevocationsTest {
    private static final int MANY = 10;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerResponse> followers = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer revoker =
            get(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    private final GuardedService service = new GuardedService(vertx);
    private final AtomicLong stamp = new AtomicLong(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.path().endsWith("/stream")) {
            response.setChunked(true).putHeader("Revoker-Uptime", Long.toString(System.nanoTime() / 1_000_000));
            followers.add(response);
            beat();
        } else {
            asked.incrementAndGet();
            for (String fact : List.of("Subject:joe", "Realm:corp", "Client:-", "Scope:-", "Exp:4000000000")) {
                response.putHeader("X-Auth-" + fact.split(":", 2)[0], fact.split(":", 2)[1]);
            }
            response.end().onFailure(gone -> {});
        }
    }

    private void beat() {
        Instant now = Instant.now();
        send(
                "heartbeat",
                ",\"time\":\"" + now + "\",\"as_of\":\"" + now + "\",\"uptime\":" + System.nanoTime() / 1_000_000);
    }

    private void send(String event, String members) {
        String text = "id: " + stamp + "\nevent: " + event + "\ndata: {\"event\":\"" + event + "\",\"stamp\":\"" + stamp
                + "\"" + members + "}\n\n";
        followers.forEach(follower -> follower.write(text).onFailure(gone -> followers.remove(follower)));
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private int askedFor(Gateway gateway, String token) {
        int before = asked.get();
        for (int i = 0; i < MANY; i++) {
            assertThat(gateway.call("GET", "/").bearer(token).send().status()).isEqualTo(200);
        }
        return asked.get() - before;
    }

    @ParameterizedTest
    @EnumSource(
            value = Gateway.Kind.class,
            names = {"NGINX_FEED", "HAPROXY_FEED"})
    void areAskedAboutUntilTheyAreDone(Gateway.Kind kind) {
        vertx.setPeriodic(100, tick -> beat());
        String token = Api.fresh("token");
        String other = Api.fresh("other");
        try (Gateway gateway = Gateway.start(kind, Gateway.Wiring.of(revoker.actualPort(), service.port()))
                .awaitListening()) {
            for (String each : List.of(token, other)) {
                until("kept", () -> askedFor(gateway, each) == 0);
            }

            stamp.incrementAndGet();
            send("revocation", ",\"hash\":\"" + hash(token) + "\"");

            until("heard", () -> askedFor(gateway, token) > 0);
            assertThat(askedFor(gateway, token)).isEqualTo(MANY);
            stamp.incrementAndGet();
            send("mark", ",\"hash\":\"0123456789abcdef\"");
            assertThat(askedFor(gateway, token)).isEqualTo(MANY);
            assertThat(askedFor(gateway, other)).isZero();
            stamp.addAndGet(TimeUnit.SECONDS.toMicros(11));
            until("kept again", () -> askedFor(gateway, token) == 0);
        }
    }
}
