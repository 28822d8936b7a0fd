package io.revoker.domain.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ListShapeTest {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.ofEpochSecond(1_795_360_000);

    private final ListShape shape = new ListShape(1024, 10, WINDOW);

    @Test
    void endsAListAfterItsTokensAndNotLongAfter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Duration left = Duration.ofSeconds(1 + random.nextInt(400 * 24 * 3600));
            Instant end = shape.end(NOW.plus(left), NOW).minus(GRACE);

            assertThat(end)
                    .as("seed %s, %s left", seed, left)
                    .isBetween(NOW.plus(left), NOW.plus(left).plus(left.compareTo(WINDOW) > 0 ? left : WINDOW));
        }
    }

    /** Tokens of one lifetime that are issued one after the other. */
    @Test
    void letsTokensThatEndTogetherShareLists() {
        assertThat(ends(Duration.ofMinutes(20))).hasSize(1 + 24);
        assertThat(ends(Duration.ofHours(8)).size()).isBetween(4, 5);
        assertThat(ends(Duration.ofDays(365)).size()).isBetween(1, 2);
    }

    /** Of one token each minute for a day. */
    private Set<Instant> ends(Duration lifetime) {
        return LongStream.range(0, 24 * 60)
                .mapToObj(minute -> NOW.plus(Duration.ofMinutes(minute)))
                .map(now -> shape.end(now.plus(lifetime), now))
                .collect(Collectors.toSet());
    }
}
