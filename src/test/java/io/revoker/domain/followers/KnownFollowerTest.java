package io.revoker.domain.followers;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.KnownFollower.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a revocation at a follower. Times are milliseconds after some instant. */
class KnownFollowerTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isClosedOnceItIsConfirmed() {
        assertThat(follower(100, 100, Optional.empty()).state(stamp(100), at(10_000_000)))
                .isEqualTo(State.CLOSED);
    }

    /** The revocation is of 1000, and the bound one second. */
    @ParameterizedTest
    @CsvSource({
        // It may have heard of what was revoked up to 999 without confirming it.
        "500, 1999, UNKNOWN",
        "500, 2000, UNKNOWN",
        "500, 2001, CLOSED",
        // It has confirmed afterwards, but something older.
        "1500, 2500, PARTIAL",
        "1500, 2501, CLOSED"
    })
    void isClosedOnceAllThatItMayDecideByIsTooOld(long heard, long now, State state) {
        assertThat(follower(400, heard, Optional.of(Duration.ofSeconds(1))).state(stamp(1000), at(now)))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(longs = {1001, 60_000, 1_000_000_000})
    void isNeverClosedWithoutOneOfBoth(long now) {
        assertThat(follower(999, 999, Optional.empty()).state(stamp(1000), at(now)))
                .isEqualTo(State.UNKNOWN);
    }

    /** Heard of after the revocation, and within three heartbeats. */
    @ParameterizedTest
    @CsvSource({"1001, 4001, PARTIAL", "1001, 4002, UNKNOWN", "1000, 1001, UNKNOWN"})
    void isPartialWhileItConfirms(long heard, long now, State state) {
        assertThat(follower(999, heard, Optional.empty()).state(stamp(1000), at(now)))
                .isEqualTo(state);
    }

    private static KnownFollower follower(long confirmed, long heard, Optional<Duration> bound) {
        return new KnownFollower(
                new FollowerId("gateways", "one"), RealmScope.ALL, stamp(confirmed), bound, at(heard), at(heard));
    }

    private static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }

    private static Stamp stamp(long millis) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, at(millis)));
    }
}
