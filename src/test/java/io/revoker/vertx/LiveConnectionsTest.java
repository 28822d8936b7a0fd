package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.view.RevocationState;
import io.revoker.client.view.TokenKey;
import io.revoker.client.view.TokenKeyBuilder;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Waiting;
import io.revoker.vertx.LiveClient.Kind;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of an application end when their tokens die, and others stay. */
class LiveConnectionsTest {
    private static final int MANY = 2_000;
    private static final int RACES = 100;
    private static final TrustedIssuer ISSUER = TrustedIssuer.demanding(VerifiedJwt.Demand.UNREGISTERED);

    private static RunningService service;
    private static Api api;
    private static LiveApplication application;
    private static LiveClient client;

    private final String realm = Api.fresh("realm");

    @BeforeAll
    static void start() {
        service = RunningService.start(RealmFiles.option(ISSUER));
        api = new Api(service);
        application = LiveApplication.at(service.uri(""));
        client = new LiveClient(application.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        application.close();
        service.close();
    }

    /** That was issued a while ago, so that the view can tell whether it was revoked. */
    private TokenKeyBuilder old(String token, String user) {
        return TokenKey.of(token)
                .realm(realm)
                .user(user)
                .client("app")
                .session("s-" + user)
                .issuedAt(Instant.now().minusSeconds(600));
    }

    private String known(String user) {
        String token = api.access(realm, user);
        application.know(token, old(token, user).build());
        return token;
    }

    private static void revoke(String body) {
        assertThat(service.call("POST", "/v1/revocations")
                        .json(body.replace('\'', '"'))
                        .send()
                        .status())
                .as(body)
                .isEqualTo(200);
    }

    private static String end(CompletableFuture<String> connection) {
        until(() -> "it ends: " + application.live().status(), Waiting.PATIENCE, connection::isDone);
        return connection.join();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void endsEachKindOfConnection(Kind kind) {
        String user = Api.fresh("ann");
        String token = known("joe");
        CompletableFuture<String> joe = client.open(kind, token);
        CompletableFuture<String> ann = client.open(kind, known(user));
        until("both are open", () -> application.live().status().open() >= 2);
        long ended = application.live().status().ended();

        assertThat(api.invalidateAccess(token)).startsWith("200 1,");

        assertThat(end(joe)).isEqualTo(kind.end());
        assertThat(ann).isNotDone();
        assertThat(application.live().status().ended()).isGreaterThan(ended);
        assertThat(api.invalidateUser(user)).startsWith("200");
        assertThat(end(ann)).isEqualTo(kind.end());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'target':{'token':'TOKEN'}}",
                "{'target':{'username':'USER'}}",
                "{'target':{'realm_name':'REALM','username':'USER'}}",
                "{'target':{'realm_name':'REALM','client_id':'app'}}",
                "{'target':{'realm_name':'REALM','username':'USER','session_id':'s-USER'}}",
                "{'target':{'realm_name':'REALM','token_type':'access_token'}}",
                "{'target':{'realm_name':'REALM'}}",
                "{'target':{'realm_name':'REALM'},'issued_before':'TIME'}",
                "{'target':{'realm_name':'REALM','username':'USER'},'until':'UNTIL'}"
            })
    void endsThemByEachWayToRevoke(String revocation) {
        String user = Api.fresh("user");
        String token = known(user);
        CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, token);

        revoke(revocation
                .replace("TOKEN", token)
                .replace("USER", user)
                .replace("REALM", realm)
                .replace("TIME", Api.ahead(Duration.ofMinutes(-1)))
                .replace("UNTIL", Api.ahead(Duration.ofHours(1))));

        assertThat(end(socket)).isEqualTo(Kind.WEB_SOCKET.end());
    }

    @Test
    void endsThoseOfJwtsThatNobodyRegistered() {
        String shown = jwt();
        String named = jwt();
        CompletableFuture<String> first = client.open(Kind.WEB_SOCKET, shown);
        CompletableFuture<String> second = client.open(Kind.EVENTS, named);

        assertThat(api.invalidateAccess(shown)).startsWith("200 1,");
        revoke("{'target':{'realm_name':'" + ISSUER.realm() + "','jti':'" + TrustedIssuer.jti(named) + "'}}");

        assertThat(end(first)).isEqualTo(Kind.WEB_SOCKET.end());
        assertThat(end(second)).isEqualTo(Kind.EVENTS.end());
    }

    private static String jwt() {
        String token = ISSUER.token("joe");
        application.know(
                token,
                TokenKey.of(token)
                        .realm(ISSUER.realm())
                        .user("joe")
                        .jti(TrustedIssuer.jti(token))
                        .issuedAt(Instant.now())
                        .build());
        return token;
    }

    /**
     * Its user logs in again just after all their tokens were revoked: the view can't tell, and the service is asked
     * once, as the view is told of what is revoked later.
     */
    @Test
    void asksAboutTokensThatTheViewCanNotTellAbout() {
        String user = Api.fresh("user");
        api.access(realm, user);
        assertThat(api.invalidateUser(user)).startsWith("200");
        String token = api.access(realm, user);
        application.know(
                token,
                TokenKey.of(token)
                        .realm(realm)
                        .user(user)
                        .issuedAt(Instant.now())
                        .build());
        CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, token);
        assertThat(application
                        .view()
                        .state(TokenKey.of(token)
                                .realm(realm)
                                .user(user)
                                .issuedAt(Instant.now())
                                .build()))
                .isEqualTo(RevocationState.UNKNOWN);
        until("it is settled", () -> application.live().status().unsure() == 0);
        assertThat(socket).isNotDone();

        assertThat(api.invalidateUser(user)).startsWith("200 1,");

        assertThat(end(socket)).isEqualTo(Kind.WEB_SOCKET.end());
    }

    @Test
    void endsThousandsAtOnceAndLeavesTheOthersAlone() {
        String other = Api.fresh("other");
        List<CompletableFuture<String>> dying = sockets(IntStream.range(0, MANY), realm);
        List<CompletableFuture<String>> staying = sockets(IntStream.range(0, MANY / 10), other);

        revoke("{'target':{'realm_name':'" + realm + "'}}");

        dying.forEach(socket -> assertThat(end(socket)).isEqualTo(Kind.WEB_SOCKET.end()));
        assertThat(staying).noneMatch(CompletableFuture::isDone);
        revoke("{'target':{'realm_name':'" + other + "'}}");
        staying.forEach(LiveConnectionsTest::end);
    }

    private static List<CompletableFuture<String>> sockets(IntStream numbers, String realm) {
        List<io.vertx.core.Future<CompletableFuture<String>>> opening = numbers.mapToObj(number -> {
                    String token = "token-" + realm + number;
                    TokenKeyBuilder key = TokenKey.of(token)
                            .realm(realm)
                            .user("user-" + number)
                            .issuedAt(Instant.now().minusSeconds(600));
                    application.know(token, key.build());
                    return client.socket(token).map(LiveClient::endOf);
                })
                .toList();
        return opening.stream().map(Waiting::get).toList();
    }

    @Test
    void forgetsThoseThatEndByThemselves() {
        LiveClient leaving = new LiveClient(application.port());
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            sockets.add(get(leaving.socket(known("joe"))));
        }
        CompletableFuture<String> events = leaving.open(Kind.EVENTS, known("joe"));
        CompletableFuture<String> http2 = leaving.open(Kind.EVENTS_HTTP2, known("joe"));
        until("they are watched", () -> application.live().status().open() > RACES);
        long ended = application.live().status().ended();

        sockets.forEach(socket -> get(socket.close()));
        leaving.hangUp();

        until(
                () -> "forgotten: " + application.live().status(),
                Waiting.PATIENCE,
                () -> application.live().status().open() == 0);
        assertThat(application.live().status().ended()).isEqualTo(ended);
        assertThat(List.of(events, http2)).allMatch(CompletableFuture::isDone);
        leaving.close();
    }

    /** Whichever comes first. */
    @Test
    void endsThoseThatOpenWhileTheirTokenIsRevoked() {
        List<CompletableFuture<String>> ends = new ArrayList<>();
        List<CompletableFuture<?>> revocations = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            String token = known("user-" + i);
            revocations.add(CompletableFuture.runAsync(() -> api.invalidateAccess(token)));
            ends.add(client.socket(token)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .thenCompose(LiveClient::endOf)
                    .exceptionally(refused -> "refused"));
        }

        revocations.forEach(CompletableFuture::join);

        ends.forEach(connection -> assertThat(end(connection)).isIn(Kind.WEB_SOCKET.end(), "refused"));
    }
}
