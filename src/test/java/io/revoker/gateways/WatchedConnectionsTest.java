package io.revoker.gateways;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Waiting;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which connections are watched by gateways that end them, and when they ask about those. */
@NeedsTools
class WatchedConnectionsTest {
    private static final List<Gateway.Kind> KINDS = List.of(Gateway.Kind.NGINX_FEED, Gateway.Kind.HAPROXY_FEED);
    private static final String EVENTS = "GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n";

    private static GuardedGateways gateways;

    @BeforeAll
    static void start() {
        gateways = GuardedGateways.start(KINDS);
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

    private static CompletableFuture<String> end(RawConnection connection) {
        return CompletableFuture.supplyAsync(connection::readToEnd);
    }

    /** HAProxy decides by what the service answers; nginx passes no stream on of which it can't tell before. */
    @ParameterizedTest
    @MethodSource("eachWayToAsk")
    void watchStreamsHoweverTheClientAsksForThem(Gateway.Kind kind, String head) {
        String token = gateways.access("corp", Api.fresh("joe"));
        String request = head.formatted(token).replace("\n", "\r\n");
        boolean isRefused = kind == Gateway.Kind.NGINX_FEED && !request.contains("POST") && !request.contains("Text");
        try (RawConnection connection = gateways.connect(kind, Waiting.PATIENCE)) {
            String answer = connection.send(request).readUntil("\r\n\r\n");
            if (isRefused) {
                assertThat(answer).startsWith("HTTP/1.1 406 ");
            } else {
                assertThat(answer).startsWith("HTTP/1.1 200 ");
                assertThat(connection.readUntil("hello"))
                        .contains("x-auth-subject=joe", request.contains("POST") ? "POST one order" : "GET");
                CompletableFuture<String> ended = end(connection);
                gateways.revoke("{\"token\":\"" + token + "\"}");
                until("it ends", ended::isDone);
                ended.join();
            }
        }
    }

    static Stream<Arguments> eachWayToAsk() {
        return KINDS.stream()
                .flatMap(kind -> Stream.of(
                                "GET /events HTTP/1.1\nHost: a\nAccept: Text/Event-Stream\nAuthorization: Bearer %s\n\n",
                                "GET /events HTTP/1.1\nHost: a\nAuthorization: Bearer %s\n\n", """
                                GET /events HTTP/1.1
                                Host: a
                                Accept: */*
                                Accept: text/event-stream
                                Authorization: Bearer %s

                                """, """
                                POST /events HTTP/1.1
                                Host: a
                                Accept: application/json, text/event-stream
                                Content-Length: 9
                                Authorization: Bearer %s

                                one order""", """
                                POST /events HTTP/1.1
                                Host: a
                                Accept: application/json, text/event-stream
                                Transfer-Encoding: chunked
                                Authorization: Bearer %s

                                9
                                one order
                                0

                                """)
                        .map(head -> Arguments.of(kind, head)));
    }

    /** A call of gRPC: only HAProxy can pass one on. */
    @Test
    void endCallsOfGrpc() {
        String token = gateways.access("corp", Api.fresh("joe"));
        URI uri = gateways.uri(Gateway.Kind.HAPROXY_FEED, "");
        try (GrpcWatch dying = GrpcWatch.at(uri, token);
                GrpcWatch other = GrpcWatch.at(uri, gateways.access("corp", Api.fresh("ann")))) {
            gateways.revoke("{\"token\":\"" + token + "\"}");

            until("it ends", () -> dying.end().isDone());
            assertThat(other.end()).isNotDone();
        }
    }

    /** Of the revocation it hears nothing, and is told when it asks; what it has kept of others is good until later. */
    @ParameterizedTest
    @EnumSource(
            value = Gateway.Kind.class,
            names = {"NGINX_FEED", "HAPROXY_FEED"})
    void askBeforeWhatTheyKnowIsTooOld(Gateway.Kind kind) {
        Line line = gateways.lines().get(0);
        try (Gateway gateway = Gateway.start(
                                kind,
                                Gateway.Wiring.of(
                                        line.port(), gateways.service().port()),
                                recipe -> recipe.replace("BOUND = 5", "BOUND = 10"))
                        .awaitListening();
                RawConnection connection = gateway.connect(Waiting.PATIENCE)) {
            String other = gateways.access("corp", Api.fresh("ann"));
            until("kept", () -> isKept(gateway, other));
            String token = gateways.access("corp", Api.fresh("joe"));
            connection
                    .send(EVENTS + "Authorization: Bearer " + token + "\r\n\r\n")
                    .readUntil("hello");
            CompletableFuture<String> ended = end(connection);

            line.holdFeeds();
            gateways.revoke("{\"token\":\"" + token + "\"}");
            until("it ends", ended::isDone);

            assertThat(isKept(gateway, other)).isTrue();
            line.release();
            ended.join();
        }
    }

    private static boolean isKept(Gateway gateway, String token) {
        double before = gateways.checks();
        assertThat(gateway.call("GET", "/").bearer(token).send().status()).isEqualTo(200);
        return gateways.checks() == before;
    }
}
