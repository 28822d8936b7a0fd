package io.revoker.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What has changed, until it is looked at. */
class PendingTest {
    private final Pending pending = new Pending();

    @Test
    void saysWhatHasToBeLookedAtOnce() {
        assertThat(pending.add(1)).isTrue();
        assertThat(pending.add(2)).isFalse();

        Pending.Batch batch = pending.take();

        assertThat(batch.all()).isFalse();
        assertThat(batch.hashes()).containsExactly(1, 2);
        assertThat(pending.take().hashes()).isEmpty();
        assertThat(pending.add(3)).isTrue();
    }

    @Test
    void meansAllIfThereIsTooMuch() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(pending.add(i)).isEqualTo(i == 0);
        }
        assertThat(pending.take().all()).isTrue();
        assertThat(pending.take().all()).isFalse();

        assertThat(pending.addAll()).isTrue();
        assertThat(pending.addAll()).isFalse();
        assertThat(pending.take().all()).isTrue();
    }
}
