package io.revoker.client.view;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.revoker.client.live.LiveConnection;
import io.revoker.client.live.LiveConnections;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of a view that hears of nothing any more. */
class LiveBoundTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String TOKEN = "token";

    private final ScriptedFeed feed = new ScriptedFeed();
    private final RevokerClient client = RevokerClient.builder(feed.uri()).build();
    private final RevocationView view =
            RevocationView.builder(client).bound(BOUND).open();
    private final LiveConnections live = LiveConnections.of(view);
    private final Watched connection = new Watched();

    @AfterEach
    void stop() {
        live.close();
        view.close();
        client.close();
        feed.close();
    }

    /** A connection, and how old what the view knew was when it was ended. */
    private final class Watched implements LiveConnection {
        private volatile Optional<Duration> age = Optional.empty();

        @Override
        public void end() {
            age = Optional.of(view.age());
        }

        @Override
        public boolean hasEnded() {
            return false;
        }
    }

    private void open() {
        until("fresh", () -> view.status().isFresh());
        TokenKey key = TokenKey.of(TOKEN)
                .realm("corp")
                .user("joe")
                .issuedAt(Instant.now().minusSeconds(600))
                .build();
        assertThat(view.state(key)).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(live.add(TOKEN, key, connection)).isTrue();
    }

    private Duration ageAtTheEnd() {
        until("it ends", () -> connection.age.isPresent());
        return connection.age.orElseThrow();
    }

    /** The service would have been asked only when the view was stale. */
    @Test
    void areAskedAboutBeforeTheViewIsStale() {
        feed.introspection = Optional.of("{\"active\":false}");
        open();

        feed.frozenAt = System.nanoTime();

        assertThat(ageAtTheEnd()).isLessThan(BOUND);
    }

    /** Not half a bound later. */
    @Test
    void endWhenTheViewIsStaleIfThereIsNoAnswer() {
        open();

        feed.frozenAt = System.nanoTime();

        assertThat(ageAtTheEnd()).isLessThan(BOUND.multipliedBy(7).dividedBy(5));
        assertThat(feed.introspections).hasPositiveValue();
    }

    @Test
    void stayWhileTheServiceSaysThatTheirTokensAreGood() {
        feed.introspection = Optional.of("{\"active\":true}");
        open();

        feed.frozenAt = System.nanoTime();

        until("it is asked about again and again", () -> feed.introspections.get() >= 3);
        until("the view is stale", () -> !view.status().isFresh());
        assertThat(connection.age).isEmpty();
        feed.frozenAt = Long.MAX_VALUE;
        until("it need not be asked about any more", () -> live.status().unsure() == 0);
        assertThat(connection.age).isEmpty();
    }
}
