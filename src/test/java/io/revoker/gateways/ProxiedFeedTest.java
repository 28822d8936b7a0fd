package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import io.revoker.gateways.DefaultProxy.Kind;
import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.EventStream;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed through proxies with their default settings. */
@NeedsTools
class ProxiedFeedTest {
    private static final String STREAM = "/v1/revocations/stream";
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final RunningService service = RunningService.start("--feed.heartbeat=1s");
    private final Cable cable = Cable.to(vertx, service.port());

    @AfterEach
    void stop() {
        get(vertx.close());
        service.close();
    }

    private DefaultProxy proxy(Kind kind) throws IOException {
        return DefaultProxy.start(kind, cable.uri().getPort());
    }

    private static RevokerClient client(DefaultProxy proxy) {
        return RevokerClient.builder(proxy.uri("")).build();
    }

    private static RevocationView view(RevokerClient client) {
        RevocationView view = RevocationView.builder(client).bound(BOUND).open();
        until("fresh", () -> view.status().isFresh());
        return view;
    }

    /** An event comes before a buffer could be full, and heartbeats in time: else the view would become stale. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void passEventsAndHeartbeatsOnAtOnce(Kind kind) throws IOException {
        try (DefaultProxy proxy = proxy(kind);
                RevokerClient client = client(proxy);
                RevocationView view = view(client)) {
            long begun = System.nanoTime();
            until("longer than two bounds", () -> {
                assertThat(view.status().isFresh()).isTrue();
                return System.nanoTime() - begun > BOUND.toNanos() * 2;
            });
            TokenKey joe = TokenKey.of("token")
                    .realm("corp")
                    .user("joe")
                    .issuedAt(Instant.now().minusSeconds(600))
                    .build();
            assertThat(view.state(joe)).isEqualTo(RevocationState.NOT_REVOKED);

            assertThat(new Api(service).invalidateUser("joe")).startsWith("200");

            until("it has come", () -> view.state(joe) == RevocationState.REVOKED);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void passTheEndOfAStreamOn(Kind kind) throws IOException {
        try (DefaultProxy proxy = proxy(kind);
                EventStream stream = EventStream.open(proxy.uri(STREAM));
                EventStream limited = EventStream.open(proxy.uri(STREAM + "?timeout=1s"))) {
            stream.await(EventStream.Event::isHeartbeat);
            until("the limited one ends", limited::hasEnded);
            assertThat(stream.hasEnded()).isFalse();

            cable.cut();

            until("it ends", stream::hasEnded);
        }
    }

    /** A connection that hangs ends nowhere; but the follower notices. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void doNotHideThatNothingComesAnyMore(Kind kind) throws IOException {
        try (DefaultProxy proxy = proxy(kind);
                RevokerClient client = client(proxy);
                RevocationView view = view(client)) {
            cable.hold();
            until("stale", () -> !view.status().isFresh());
            cable.mend();
            until("fresh again", () -> view.status().isFresh());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void letGoOfAStreamWhoseClientHasLeft(Kind kind) throws IOException {
        try (DefaultProxy proxy = proxy(kind)) {
            EventStream stream = EventStream.open(proxy.uri(STREAM));
            stream.await(EventStream.Event::isHeartbeat);
            assertThat(followers()).isEqualTo(1);

            stream.close();

            until("it follows no more", () -> followers() == 0);
        }
    }

    private double followers() {
        return Scrape.of(service).value("revoker_feed_followers");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void passOnWhereAStreamIsResumed(Kind kind) throws IOException {
        try (DefaultProxy proxy = proxy(kind)) {
            URI uri = proxy.uri(STREAM);
            String last;
            try (EventStream stream = EventStream.open(uri)) {
                stream.await(EventStream.Event::isHeartbeat);
                last = stream.lastId();
            }
            assertThat(new Api(service).invalidateUser("missed")).startsWith("200");

            try (EventStream again = EventStream.open(uri, "Last-Event-ID", last)) {
                assertThat(again.await(1).get(0).data().at("/target/username").asText())
                        .isEqualTo("missed");
            }
        }
    }
}
