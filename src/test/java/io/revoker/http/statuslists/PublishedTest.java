package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.statuslists.StatusList;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** For how long a list is sent as it is. */
class PublishedTest {
    private static final Instant SEEN = Instant.ofEpochSecond(1_000_000);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Published list = new Published(
            new StatusList("A".repeat(22), new RealmId("corp"), 1024, SEEN.plusSeconds(3)),
            1,
            new byte[0],
            new byte[0],
            "",
            SEEN,
            SEEN);

    @Test
    void isOneIntervalAndNoLongerThanItsLife() {
        assertThat(list.isFresh(SEEN, INTERVAL)).isTrue();
        assertThat(list.isFresh(SEEN.plusSeconds(2), INTERVAL)).isTrue();
        assertThat(list.isFresh(SEEN.plusSeconds(2), Duration.ofSeconds(2))).isFalse();
        assertThat(list.isFresh(SEEN.plusSeconds(3), INTERVAL)).isFalse();
    }

    /** It would be sent until the clock is as late again as it was. */
    @Test
    void endsWhenTheClockIsSetBack() {
        assertThat(list.isFresh(SEEN.minusMillis(1), INTERVAL)).isFalse();
        assertThat(list.isFresh(SEEN.minusSeconds(3600), INTERVAL)).isFalse();
    }
}
