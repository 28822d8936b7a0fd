package io.revoker.gateways;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways that end WebSockets and streams of events when their token dies. */
@NeedsTools
class LiveThroughGatewaysTest {
    private static final List<Gateway.Kind> KINDS = List.of(Gateway.Kind.NGINX_FEED, Gateway.Kind.HAPROXY_FEED);

    private static GuardedGateways gateways;

    /** What stays open. */
    private enum Opened {
        WEB_SOCKET("""
                GET /feed HTTP/1.1
                Host: a
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                """),
        EVENTS("""
                GET /events HTTP/1.1
                Host: a
                Accept: text/event-stream
                """);

        private final String head;

        Opened(String lines) {
            this.head = lines.replace("\n", "\r\n");
        }
    }

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
        until("the service has none open", () -> gateways.service().open() == 0);
    }

    static Stream<Arguments> each() {
        return KINDS.stream().flatMap(kind -> Stream.of(Opened.values()).map(opened -> Arguments.of(kind, opened)));
    }

    private static RawConnection open(Gateway.Kind kind, Opened what, String token) {
        RawConnection connection = gateways.connect(kind, Waiting.PATIENCE);
        connection
                .send(what.head + "Authorization: Bearer " + token + "\r\n\r\n")
                .readUntil("hello");
        return connection;
    }

    private static CompletableFuture<String> end(RawConnection connection) {
        return CompletableFuture.supplyAsync(connection::readToEnd);
    }

    @ParameterizedTest
    @MethodSource("each")
    void endWhatADeadTokenHasOpenedAndNothingElse(Gateway.Kind kind, Opened what) {
        String user = Api.fresh("ann");
        String token = gateways.access("corp", Api.fresh("joe"));
        try (RawConnection dying = open(kind, what, token);
                RawConnection other = open(kind, what, gateways.access("corp", user))) {
            CompletableFuture<String> died = end(dying);
            CompletableFuture<String> otherDied = end(other);

            gateways.revoke("{\"token\":\"" + token + "\"}");

            until("it ends", died::isDone);
            assertThat(otherDied).isNotDone();
            gateways.revokeTarget("{\"target\":{\"realm_name\":\"corp\",\"username\":\"" + user + "\"}}");
            until("the other one ends", otherDied::isDone);
            died.join();
            otherDied.join();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Gateway.Kind.class,
            names = {"NGINX_FEED", "HAPROXY_FEED"})
    void sayWhoseTheTokenIsWhateverTheClientSays(Gateway.Kind kind) {
        String token = gateways.access("corp", "joe");
        try (RawConnection connection = gateways.connect(kind)) {
            String begun = connection
                    .send(Opened.EVENTS.head + "X-Auth-Subject: root\r\nx-auth-subject: root\r\nX_Auth_Realm: root\r\n"
                            + "X-Auth-More: root\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .readUntil("hello");

            assertThat(begun)
                    .contains("x-auth-client=- ", "x-auth-realm=corp x-auth-scope=- x-auth-subject=joe\n")
                    .doesNotContain("subject=root", "realm=root");
        }
    }

    /** Something of which it does not tell whom it concerns: each token is asked about once more. */
    @ParameterizedTest
    @MethodSource("each")
    void askAboutThemWhenSomethingMayConcernThem(Gateway.Kind kind, Opened what) {
        String token = gateways.access("corp", Api.fresh("joe"));
        try (RawConnection staying = open(kind, what, token)) {
            CompletableFuture<String> ended = end(staying);
            double before = gateways.checks();
            gateways.revokeTarget("{\"target\":{\"realm_name\":\"corp\",\"client_id\":\"another\"}}");
            until("asked", () -> gateways.checks() > before);
            assertThat(ended).isNotDone();

            gateways.revoke("{\"token\":\"" + token + "\"}");

            until("it ends", ended::isDone);
            ended.join();
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void endThemWhenItCanNotBeToldForTooLong(Gateway.Kind kind, Opened what) {
        try (RawConnection undecided = open(kind, what, gateways.access("corp", Api.fresh("joe")))) {
            CompletableFuture<String> ended = end(undecided);

            gateways.lines().forEach(Line::hold);
            until("it ends", ended::isDone);
            gateways.lines().forEach(Line::release);
            ended.join();
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void letGoOfThoseWhoseClientHasLeft(Gateway.Kind kind, Opened what) {
        RawConnection leaving = open(kind, what, gateways.access("corp", Api.fresh("joe")));
        assertThat(gateways.service().open()).isPositive();

        leaving.close();
    }
}
