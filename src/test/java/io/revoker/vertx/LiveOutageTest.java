package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.view.RevocationViewBuilder;
import io.revoker.client.view.TokenKey;
import io.revoker.client.view.WhenUnknown;
import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import io.revoker.vertx.LiveClient.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of an application whose view is stale, or can't tell, or that are too many. */
class LiveOutageTest {
    private static final Duration BOUND = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx();
    private final RunningService service = RunningService.start("--feed.heartbeat=100ms");
    private final Api api = new Api(service);
    private final Cable cable = Cable.to(vertx, service.port());

    @AfterEach
    void stop() {
        get(vertx.close());
        service.close();
    }

    private LiveApplication application(UnaryOperator<RevocationViewBuilder> how) {
        return LiveApplication.at(cable.uri(), 3, view -> how.apply(view.bound(BOUND)));
    }

    private String known(LiveApplication application) {
        String token = api.access("corp", "joe");
        application.know(token, Instant.now().minusSeconds(600));
        return token;
    }

    private static void assertEnds(LiveApplication application, CompletableFuture<String> connection) {
        until(() -> "it ends: " + application.live().status(), Waiting.PATIENCE, connection::isDone);
        assertThat(connection.join()).isEqualTo(Kind.WEB_SOCKET.end());
    }

    @Test
    void endsAllWhenEverythingIsRevoked() {
        try (LiveApplication application = application(view -> view);
                LiveClient client = new LiveClient(application.port())) {
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, known(application));

            assertThat(service.call("POST", "/v1/revocations")
                            .json("{\"target\":{\"all\":true}}")
                            .send()
                            .status())
                    .isEqualTo(200);

            assertEnds(application, socket);
        }
    }

    @Test
    void endsAllWhenTheViewIsStaleIfItsPolicyIsToRefuse() {
        try (LiveApplication application = application(view -> view.whenUnknown(WhenUnknown.REFUSE));
                LiveClient client = new LiveClient(application.port())) {
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, known(application));

            cable.hold();

            assertEnds(application, socket);
            assertThat(application.view().status().isFresh()).isFalse();
            cable.mend();
        }
    }

    @Test
    void endsAllWhenTheViewIsStaleAndTheServiceCanNotBeAsked() {
        try (LiveApplication application = application(view -> view);
                LiveClient client = new LiveClient(application.port())) {
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, known(application));

            cable.hold();

            assertEnds(application, socket);
            cable.mend();
        }
    }

    /** There is more than the view may have, but the service answers. */
    @Test
    void asksAgainAndAgainWhileTheViewIsStale() {
        try (LiveApplication application = application(view -> view.mostEntries(1));
                LiveClient client = new LiveClient(application.port())) {
            String token = known(application);
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, token);
            assertThat(api.invalidateUser("ann")).startsWith("200");
            assertThat(api.invalidateUser("ben")).startsWith("200");
            until("stale", () -> !application.view().status().isFresh());
            until("unsure", () -> application.live().status().unsure() == 1);
            long stale = System.nanoTime();
            until("longer than the bound", () -> {
                assertThat(socket).isNotDone();
                return System.nanoTime() - stale > BOUND.toNanos() * 2;
            });

            assertThat(api.invalidateAccess(token)).startsWith("200 1,");

            assertEnds(application, socket);
        }
    }

    /** Its user was revoked just before: the view can't tell, but is told of what comes later. */
    @Test
    void doesNotAskAgainAboutTokensThatTheViewIsToldOf() {
        try (LiveApplication application = application(view -> view);
                LiveClient client = new LiveClient(application.port())) {
            assertThat(api.invalidateUser("joe")).startsWith("200");
            String token = api.access("corp", "joe");
            application.know(token, Instant.now());
            double before = checks();
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, token);
            until("asked", () -> checks() > before);
            double asked = checks();
            long settled = System.nanoTime();
            until("longer than three bounds", () -> {
                assertThat(socket).isNotDone();
                return System.nanoTime() - settled > BOUND.toNanos() * 3;
            });
            assertThat(checks() - asked).as("six, if it asked again and again").isLessThan(4);

            assertThat(api.invalidateUser("joe")).startsWith("200 1,");

            assertEnds(application, socket);
        }
    }

    private double checks() {
        return Scrape.of(service).value("revoker_checks_total");
    }

    @Test
    void asksAboutTokensOfWhichLittleIsKnown() {
        try (LiveApplication application = application(view -> view);
                LiveClient client = new LiveClient(application.port())) {
            String token = api.access("corp", "joe");
            application.know(token, TokenKey.of(token).build());
            CompletableFuture<String> socket = client.open(Kind.WEB_SOCKET, token);

            assertThat(api.invalidateUser("joe")).startsWith("200 1,");

            assertEnds(application, socket);
        }
    }

    @Test
    void takesNoMoreThanThereIsRoomFor() {
        try (LiveApplication application = application(view -> view);
                LiveClient client = new LiveClient(application.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.open(Kind.EVENTS_HTTP2, known(application))).isNotDone();
            }

            assertEnds(application, client.open(Kind.WEB_SOCKET, known(application)));

            assertThat(application.live().status().refused()).isEqualTo(1);
            client.hangUp();
            CompletableFuture<String> next = openLater(application, client);
            application.live().close();
            assertEnds(application, next);
            assertEnds(application, client.open(Kind.WEB_SOCKET, known(application)));
        }
    }

    private CompletableFuture<String> openLater(LiveApplication application, LiveClient client) {
        until("there is room", () -> application.live().status().open() == 0);
        return client.open(Kind.WEB_SOCKET, known(application));
    }
}
