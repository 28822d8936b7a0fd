package io.revoker.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random schedules of everything that can overlap, in a time of their own; see {@link NearWorld}. */
class NearModelTest {
    private static final int STEPS = 20_000;

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverAnswersActiveForWhatIsAcknowledged(int seed) {
        NearWorld world = new NearWorld(seed);

        for (int step = 0; step < STEPS; step++) {
            world.step();
            assertThat(world.wrong()).as("seed " + seed + ", step " + step).isEmpty();
        }
    }

    /** Else it would prove nothing. */
    @Test
    void answersAndAcknowledgesOften() {
        NearWorld world = new NearWorld(4711);

        for (int step = 0; step < STEPS; step++) {
            world.step();
        }

        assertThat(world.answered()).isGreaterThan(STEPS / 100);
        assertThat(world.acknowledged()).isGreaterThan(STEPS / 200);
    }
}
