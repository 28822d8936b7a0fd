package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many streams of events through gateways that end them when their token dies. */
@NeedsTools
class ManyLiveThroughGatewaysTest {
    private static final int MANY = 100;

    /** HAProxy says ages in seconds, and the list of sessions is looked at every ten of them: twice in this time. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(25);

    private static GuardedGateways gateways;

    @BeforeAll
    static void start() {
        gateways = GuardedGateways.start(List.of(Gateway.Kind.NGINX_FEED, Gateway.Kind.HAPROXY_FEED));
    }

    @AfterAll
    static void stop() {
        gateways.close();
    }

    @AfterEach
    void awaitNoneOpen() {
        gateways.lines().forEach(Line::release);
        until("the service has none open", () -> gateways.service().open() == 0);
    }

    private static List<RawConnection> open(Gateway.Kind kind) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> begun(kind, gateways.access("corp", Api.fresh("joe"))))
                .toList();
    }

    /** A connection whose stream has begun. */
    private static RawConnection begun(Gateway.Kind kind, String token) {
        RawConnection connection = gateways.connect(kind, Waiting.PATIENCE);
        connection
                .send("GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n")
                .readUntil("hello");
        return connection;
    }

    /** However many questions have no answer. */
    @ParameterizedTest
    @EnumSource(
            value = Gateway.Kind.class,
            names = {"NGINX_FEED", "HAPROXY_FEED"})
    void endAllOfThemWhenRevokerHangs(Gateway.Kind kind) {
        List<RawConnection> connections = open(kind);

        gateways.lines().forEach(Line::hold);

        until("all end", () -> gateways.service().open() == 0);
        connections.forEach(RawConnection::close);
    }

    @Test
    void askAboutThemOverFewConnections() {
        List<RawConnection> connections = open(Gateway.Kind.NGINX_FEED);
        Line line = gateways.lines().get(0);
        int connected = line.connections();
        double asked = gateways.checks();

        gateways.revokeTarget("{\"target\":{\"realm_name\":\"corp\",\"client_id\":\"another\"}}");

        until("all were asked about", () -> gateways.checks() >= asked + MANY);
        assertThat(line.connections() - connected).isLessThan(MANY);
        connections.forEach(RawConnection::close);
    }

    /** A connection with several tokens: none is forgotten because of another one. */
    @Test
    void watchEachTokenOfAConnectionWithHttp2() {
        Vertx vertx = Vertx.vertx();
        HttpClient client = twoStreams(vertx);
        String token = gateways.access("corp", Api.fresh("joe"));
        Future<Void> ended = events(client, token);
        Future<Void> other = events(client, gateways.access("corp", Api.fresh("ann")));
        assertThat(gateways.service().open()).isEqualTo(2);
        assertThat(other.isComplete()).isFalse();

        gateways.revoke("{\"token\":\"" + token + "\"}");

        until("it ends", ended::isComplete);
        get(client.close());
        get(vertx.close());
    }

    /** Whose streams have ended, while the connection always had another one: nothing of them is left. */
    @Test
    void forgetTokensOfABusyConnectionWithHttp2() {
        Vertx vertx = Vertx.vertx();
        HttpClient client = twoStreams(vertx);
        String gone = gateways.access("corp", Api.fresh("joe"));
        String other = gateways.access("corp", Api.fresh("ann"));
        OpenStream last = OpenStream.open(client, gone);
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < FORGOTTEN.toNanos()) {
            OpenStream next = OpenStream.open(client, other);
            last.close();
            last = next;
        }

        gateways.revoke("{\"token\":\"" + gone + "\"}");
        endsElsewhere();

        assertThat(last.end().isComplete()).isFalse();
        gateways.revoke("{\"token\":\"" + other + "\"}");
        until("it ends", last.end()::isComplete);
        get(client.close());
        get(vertx.close());
    }

    /** One connection with HTTP/2, for two streams at a time. */
    private static HttpClient twoStreams(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setHttp2MultiplexingLimit(2),
                new PoolOptions().setHttp2MaxSize(1));
    }

    /** A stream of events that has begun. */
    private record OpenStream(HttpClientRequest request, Future<Void> end) {
        static OpenStream open(HttpClient client, String token) {
            HttpClientRequest request = get(client.request(options(token)));
            List<Future<Void>> end = get(request.send().map(answer -> List.of(whole(answer))));
            return new OpenStream(request, end.get(0));
        }

        /** Waits until it is over. */
        void close() {
            get(request.reset(8).transform(done -> end.otherwiseEmpty()));
        }
    }

    /** What was revoked before is known when this one has ended. */
    private static void endsElsewhere() {
        String token = gateways.access("corp", Api.fresh("eve"));
        try (RawConnection connection = begun(Gateway.Kind.HAPROXY_FEED, token)) {
            CompletableFuture<String> ended = CompletableFuture.supplyAsync(connection::readToEnd);
            gateways.revoke("{\"token\":\"" + token + "\"}");
            until("it ends", ended::isDone);
            ended.join();
        }
    }

    /** Waits until it has begun. */
    private static Future<Void> events(HttpClient client, String token) {
        return OpenStream.open(client, token).end();
    }

    private static RequestOptions options(String token) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(
                        gateways.uri(Gateway.Kind.HAPROXY_FEED, "/events").toString())
                .putHeader("Accept", "text/event-stream")
                .putHeader("Authorization", "Bearer " + token);
    }

    private static Future<Void> whole(HttpClientResponse answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        return answer.end();
    }
}
