package io.revoker.client.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** However long words take, and though the clocks do not run alike: it is never thought to be later than it was. */
    @Test
    void neverTakesSomethingForNewerThanItIs() {
        for (int i = 0; i < 100_000; i++) {
            long begin = random.nextLong();
            long way = random.nextInt(1_000_000_000);
            double drift = 1 + (random.nextDouble() - 0.5) / 1000;
            long uptimeThen = random.nextInt(1_000_000_000);
            long later = (long) random.nextInt(600_000) * 1_000_000;
            long age = random.nextInt(2_000_000_000);
            long uptimeNow = uptimeThen + (long) (later * drift);
            ServerClock clock = new ServerClock(begin, TimeUnit.NANOSECONDS.toMillis(uptimeThen));

            long earliest = clock.earliest(
                    TimeUnit.NANOSECONDS.toMillis(uptimeNow),
                    Math.max(0, TimeUnit.NANOSECONDS.toMillis((long) (age * drift))));

            long truly = begin + way + later - age;
            assertThat(truly - earliest).as("seed %s", seed).isNotNegative();
            assertThat(truly - earliest)
                    .as("nor for much older, seed %s", seed)
                    .isLessThan(way + later / 500 + age / 500 + 5_000_000);
        }
    }
}
