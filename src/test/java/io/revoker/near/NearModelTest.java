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
        return IntStream.range(0, 150);
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
        int worlds = 20;
        double answered = 0;
        double acknowledged = 0;
        for (int seed = 0; seed < worlds; seed++) {
            NearWorld world = new NearWorld(seed);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            answered += world.answered();
            acknowledged += world.acknowledged();
        }

        assertThat(answered / worlds).isGreaterThan(STEPS / 100);
        assertThat(acknowledged / worlds).isGreaterThan(STEPS / 200);
    }
}
