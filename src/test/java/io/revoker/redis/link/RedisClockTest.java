package io.revoker.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String SERVER = "a";

    private long nanos = 1234;
    private final RedisClock clock = new RedisClock(InstantSource.fixed(NOON.plusSeconds(120)), () -> nanos, PATIENCE);

    @Test
    void isTheMachinesOwnBeforeTheFirstContact() {
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(120));
    }

    @Test
    void goesOnFromWhatRedisSaidHalfwayBetweenQuestionAndAnswer() {
        answer(SERVER, NOON, Duration.ofMillis(10));
        assertOff(clock.instant(), NOON.plusMillis(5));

        pass(Duration.ofSeconds(7));

        assertOff(clock.instant(), NOON.plusMillis(7005));
        assertOff(NOON.plus(clock.difference()), NOON.plusMillis(120_000 - 7005));
    }

    @Test
    void trustsAFastAnswerMoreThanASlowOne() {
        answer(SERVER, NOON, Duration.ofMillis(1));
        pass(Duration.ofMillis(499));

        answer(SERVER, NOON.plusMillis(520), Duration.ofSeconds(1));

        assertThat(clock.instant())
                .as("the second answer alone would say 1020")
                .isBetween(NOON.plusMillis(1498), NOON.plusMillis(1502));
    }

    @Test
    void goesBackOnlyAsFarAsItIsProvenToBeAhead() {
        answer(SERVER, NOON, Duration.ofMillis(100));
        Instant told = clock.instant();
        assertOff(told, NOON.plusMillis(50));

        answer(SERVER, NOON.plusMillis(2), Duration.ofMillis(4));

        assertThat(clock.instant()).as("50 + 4 were told, at most 6 are true").isBefore(told);
        assertOff(clock.instant(), NOON.plusMillis(6));
    }

    @Test
    void standsByWhatItToldIfThatMayBeTrue() {
        answer(SERVER, NOON, Duration.ofMillis(10));

        answer(SERVER, NOON.plusMillis(6), Duration.ofMillis(10));

        assertOff(clock.instant(), NOON.plusMillis(15));
    }

    @Test
    void followsAClockThatWasSet() {
        answer(SERVER, NOON, Duration.ofMillis(1));

        answer(SERVER, NOON.minusSeconds(300), Duration.ofMillis(2));
        assertThat(clock.instant())
                .isBetween(NOON.minusSeconds(300), NOON.minusSeconds(300).plusMillis(3));

        answer(SERVER, NOON.plusSeconds(300), Duration.ofMillis(2));
        assertOff(clock.instant(), NOON.plusSeconds(300).plusMillis(1));
    }

    @Test
    void followsAnotherServerOnceTheFirstIsSilent() {
        answer(SERVER, NOON, Duration.ZERO);
        answer("b", NOON.plusSeconds(60), Duration.ZERO);
        assertOff(clock.instant(), NOON);

        pass(PATIENCE);
        answer("b", NOON.plusSeconds(62), Duration.ZERO);

        assertOff(clock.instant(), NOON.plusSeconds(62));
    }

    private void answer(String server, Instant said, Duration roundTrip) {
        long asked = clock.stopwatch();
        pass(roundTrip);
        clock.learn(server, TimeUnit.SECONDS.toMicros(said.getEpochSecond()) + said.getNano() / 1000, asked);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** But for what Redis does not say of a microsecond. */
    private static void assertOff(Instant told, Instant expected) {
        assertThat(Duration.between(expected, told).abs()).isLessThanOrEqualTo(Duration.ofNanos(1000));
    }
}
