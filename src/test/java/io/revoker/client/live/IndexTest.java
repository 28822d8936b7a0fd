package io.revoker.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.view.TokenKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which connections are open, by the hashes of their tokens. */
class IndexTest {
    private static final int MANY = 3_000;

    private final Index index = new Index(MANY);

    /** What neither ends nor is ended. */
    private static final LiveConnection CONNECTION = new LiveConnection() {
        @Override
        public void end() {}

        @Override
        public boolean hasEnded() {
            return false;
        }
    };

    private static Entry entry(String token, String user) {
        TokenKey key = TokenKey.of(token).realm("corp").user(user).build();
        return new Entry(token, key, CONNECTION);
    }

    private static List<Long> hashes(Entry entry) {
        List<Long> hashes = new ArrayList<>();
        entry.key().forEachHash(hashes::add);
        return hashes;
    }

    @Test
    void findsThoseThatHaveAHashInCommon() {
        Entry first = entry("1", "joe");
        Entry second = entry("2", "joe");
        Entry third = entry("3", "ann");
        for (Entry each : List.of(first, second, third)) {
            assertThat(index.add(each)).isTrue();
        }

        List<Long> shared = new ArrayList<>(hashes(first));
        shared.retainAll(hashes(second));
        List<Long> byAll = new ArrayList<>(shared);
        byAll.retainAll(hashes(third));
        shared.removeAll(byAll);

        assertThat(byAll)
                .isNotEmpty()
                .allSatisfy(hash -> assertThat(index.of(hash)).containsExactlyInAnyOrder(first, second, third));
        assertThat(shared)
                .isNotEmpty()
                .allSatisfy(hash -> assertThat(index.of(hash)).containsExactlyInAnyOrder(first, second));
        assertThat(index.of(hashes(third).get(0))).containsExactly(third);
        assertThat(index.of(12345)).isEmpty();
    }

    /** In any order, and each once. */
    @Test
    void keepsNothingOfThoseThatHaveLeft() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Entry> there = new ArrayList<>();
        for (int i = 0; i < MANY * 3; i++) {
            if (there.isEmpty() || random.nextInt(3) > 0) {
                Entry entered = entry("token-" + i, "user-" + random.nextInt(20));
                assertThat(index.add(entered)).as("room, seed " + seed).isEqualTo(there.size() < MANY);
                if (there.size() < MANY) {
                    there.add(entered);
                }
            } else {
                Entry left = there.remove(random.nextInt(there.size()));
                assertThat(index.remove(left)).isTrue();
                assertThat(index.remove(left)).isFalse();
            }
        }
        for (long hash : hashes(entry("none", "user-1"))) {
            assertThat(index.of(hash))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(there.stream()
                            .filter(entry -> hashes(entry).contains(hash))
                            .toList());
        }

        there.forEach(index::remove);

        assertThat(index.size()).isZero();
        assertThat(index.rings()).isZero();
    }
}
