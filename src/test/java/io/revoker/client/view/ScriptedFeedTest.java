package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static io.revoker.client.view.RevocationState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A view of a service that does what a real one seldom does. */
class ScriptedFeedTest {
    private final ScriptedFeed feed = new ScriptedFeed();

    @AfterEach
    void stop() {
        feed.close();
    }

    private Watched view(UnaryOperator<RevocationViewBuilder> how) {
        return Watched.of(List.of(feed.uri()), how);
    }

    /** A stream that ends before it has said where it begins misses what is revoked until the next one begins. */
    @Test
    void asksForASnapshotOnlyWhenItKnowsWhereTheStreamBegins() {
        Vertx vertx = Vertx.vertx();
        AtomicBoolean hasBegun = new AtomicBoolean();
        AtomicBoolean tooEarly = new AtomicBoolean();
        feed.asked = () -> tooEarly.compareAndSet(false, !hasBegun.get());
        feed.begin = stream -> {
            if (feed.streams.get() == 1) {
                stream.write(": nothing yet\n");
                vertx.setTimer(700, over -> stream.end());
            } else {
                hasBegun.set(true);
                feed.beginNow(stream);
            }
        };
        try (Watched view = view(how -> how)) {
            view.awaitFresh();
            assertThat(tooEarly).isFalse();
        } finally {
            Waiting.get(vertx.close());
        }
    }

    @Test
    void leavesANodeThatTellsNothingNewerBeforeItIsStale() {
        try (ScriptedFeed other = new ScriptedFeed();
                Watched view = Watched.of(List.of(feed.uri(), other.uri()), how -> how.bound(Duration.ofSeconds(20)))) {
            view.awaitFresh();
            feed.frozenAt = System.nanoTime();
            Waiting.until("the other node", () -> other.streams.get() > 0);
            assertThat(view.hasHeard("stale")).isFalse();
        }
    }

    @Test
    void isNotDeceivedByHeartbeatsThatComeLate() {
        try (Watched view = view(how -> how.bound(Duration.ofSeconds(1))).awaitFresh()) {
            feed.delay = Duration.ofMillis(1500);
            view.awaitStale();
            int before = feed.beats.get();
            Waiting.until("late ones", () -> {
                assertThat(view.view().status().isFresh()).isFalse();
                return feed.beats.get() >= before + 20;
            });
            feed.delay = Duration.ZERO;
            view.awaitFresh();
        }
    }

    @Test
    void cannotTellOfTokensOfRealmsThatItsClientMayNoLongerSee() {
        try (Watched view = view(how -> how).awaitFresh()) {
            view.await(Watched.token("corp", "joe"), NOT_REVOKED);
            feed.realms = String.format("%016x,%016x", Hashes.ofRealm("other"), Hashes.ofRealm("partners"));
            feed.end();
            view.await(Watched.token("corp", "joe"), UNKNOWN);
            view.await(Watched.token("other", "joe"), NOT_REVOKED);
            assertThat(view.state(Watched.token("corp", "joe"))).isEqualTo(UNKNOWN);

            feed.realms = "*";
            feed.end();
            view.await(Watched.token("corp", "joe"), NOT_REVOKED);
        }
    }

    @Test
    void forgetsWhatTheNextSnapshotHasNoLonger() {
        TokenKeyBuilder token = TokenKey.of("token").realm("corp").user("joe").issuedAt(Instant.now());
        feed.snapshot = new ScriptedFeed.Snapshot(100, 0, new long[] {Hashes.registered(Hashes.identity("token"))});
        try (Watched view = view(how -> how.refresh(Duration.ofSeconds(1)))) {
            view.await(token, REVOKED);
            feed.snapshot = new ScriptedFeed.Snapshot(100, 50, new long[0]);
            view.await(token, NOT_REVOKED);
        }
    }

    /** What does not fit comes again with every stream, before anything else. */
    @Test
    void isFreshAgainWhenThereIsNoMoreThanItMayHave() {
        UnaryOperator<RevocationViewBuilder> small =
                how -> how.mostEntries(2).bound(Duration.ofSeconds(2)).refresh(Duration.ofSeconds(1));
        feed.snapshot = new ScriptedFeed.Snapshot(100, 0, new long[] {1, 2});
        try (Watched view = view(small).awaitFresh()) {
            feed.snapshot = new ScriptedFeed.Snapshot(101, 0, new long[] {1, 2, 3});
            feed.begin = stream -> {
                stream.write(revocation(101, 3));
                feed.beginNow(stream);
            };
            feed.stamp = 101;
            feed.send(revocation(101, 3));
            view.awaitStale();
            view.awaitTold("more entries than the view may have (expected: at most 2)");

            feed.snapshot = new ScriptedFeed.Snapshot(101, 50, new long[] {3});
            view.awaitFresh();
        }
    }

    private static String revocation(long stamp, long hash) {
        return "id: " + stamp + "\nevent: revocation\ndata: {\"event\":\"revocation\",\"stamp\":\"" + stamp
                + "\",\"hash\":\"" + HexFormat.of().toHexDigits(hash) + "\"}\n\n";
    }

    @Test
    void takesNoFurtherSnapshotsOfAServiceThatWentBackUntilItIsFurther() {
        try (Watched view = view(how -> how).awaitFresh()) {
            feed.snapshot = new ScriptedFeed.Snapshot(50, 0, new long[0]);
            feed.stamp = 50;
            feed.send("id: 50\nevent: reset\ndata: {\"event\":\"reset\",\"stamp\":\"50\",\"reason\":\"lost\"}\n\n");
            view.awaitTold("went back");
            int taken = feed.snapshots.get();
            int before = feed.beats.get();
            Waiting.until("heartbeats", () -> feed.beats.get() >= before + 20);
            assertThat(feed.snapshots).hasValue(taken);

            feed.snapshot = new ScriptedFeed.Snapshot(200, 0, new long[0]);
            feed.stamp = 200;
            view.awaitFresh();
        }
    }

    @Test
    void isNotReadyIfItIsClosedBefore() {
        Watched view = Watched.of(URI.create("http://127.0.0.1:1"));
        view.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() ->
                        view.view().ready().orTimeout(10, TimeUnit.SECONDS).join())
                .withMessageContaining("closed before");
    }
}
