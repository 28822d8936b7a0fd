package io.revoker.client.view;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.revoker.client.live.LiveConnection;
import io.revoker.client.live.LiveConnections;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of a view that hears of nothing any more. */
class LiveBoundTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final int MANY = 1_000;
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
        add(connection);
    }

    private void add(Watched one) {
        TokenKey key = TokenKey.of(TOKEN)
                .realm("corp")
                .user("joe")
                .issuedAt(Instant.now().minusSeconds(600))
                .build();
        assertThat(view.state(key)).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(live.add(TOKEN, key, one)).isTrue();
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

    /** But for what the machine does in between. */
    @Test
    void endWhenTheViewIsStaleIfThereIsNoAnswer() {
        open();

        feed.frozenAt = System.nanoTime();

        assertThat(ageAtTheEnd()).isLessThan(BOUND.plusMillis(500));
        assertThat(feed.introspections).hasPositiveValue();
    }

    /** Half of the time the view is a little too old, and half of the time it is not. */
    @Test
    void areAskedAboutThoughTheViewIsBetterForMoments() {
        feed.introspection = Optional.of("{\"active\":false}");
        feed.thinking = Duration.ofMillis(30);
        until("fresh", () -> view.status().isFresh());
        List<Watched> connections = Stream.generate(Watched::new).limit(MANY).toList();
        connections.forEach(this::add);
        feed.lag = BOUND.dividedBy(2).minusMillis(50);
        until("some end", () -> connections.stream().anyMatch(one -> one.age.isPresent()));
        until("none is asked about", () -> live.status().unsure() == 0);

        feed.frozenAt = System.nanoTime();

        until("all end", () -> connections.stream().allMatch(one -> one.age.isPresent()));
        assertThat(connections)
                .allSatisfy(one -> assertThat(one.age.orElseThrow()).isLessThan(BOUND));
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
