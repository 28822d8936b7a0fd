package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Few different hashes, so that some come again. */
    private long hash() {
        long number = random.nextInt(2000);
        return number % 3 == 0 ? number : number * 0x9E3779B97F4A7C15L;
    }

    @Test
    void hasWhatWasAddedAndNothingElse() {
        LongTable table = LongTable.ofHashes(0);
        Set<Long> model = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            long hash = hash();
            table.add(hash);
            model.add(hash == 0 ? 1 : hash);
            long other = hash();
            assertThat(table.contains(other)).as("seed %s", seed).isEqualTo(model.contains(other == 0 ? 1 : other));
        }
        assertThat(table.size()).isEqualTo(model.size());
        Set<Long> seen = new HashSet<>();
        table.forEach((hash, none) -> seen.add(hash));
        assertThat(seen).as("seed %s", seed).isEqualTo(model);
    }

    @Test
    void keepsANumberOfEachHash() {
        LongTable table = LongTable.ofNumbers(7);
        Map<Long, Long> model = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            long hash = 1 + Math.abs(hash() % 1000);
            long number = 1L + random.nextInt(50);
            if (random.nextBoolean()) {
                table.raise(hash, number);
                model.merge(hash, number, Math::max);
            } else {
                table.set(hash, number);
                model.put(hash, number);
            }
            assertThat(table.get(hash)).as("seed %s", seed).isEqualTo(model.get(hash));
            assertThat(table.get(-hash)).isZero();
        }
    }

    /** Also of hashes that come in their order, as those of a snapshot do. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void takesAtMost16BytesAHash(int expected) {
        LongTable table = LongTable.ofHashes(expected);
        for (int i = 1; i <= 100_000; i++) {
            table.add(i * 100_000_000_000_000L);
        }

        assertThat(table.size()).isEqualTo(100_000);
        assertThat(table.bytes()).isLessThan(16L * 100_000);
    }
}
