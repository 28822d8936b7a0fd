package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedCacheTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final VerifiedCache cache = new VerifiedCache(2, Duration.ofSeconds(10));

    @Test
    void forgetsAtTheEndOfTheTimeHoweverOftenItIsAsked() {
        cache.put("a", Caller.ANONYMOUS, NOW);

        assertThat(cache.find("a", NOW.plusMillis(5_000))).contains(Caller.ANONYMOUS);
        assertThat(cache.find("a", NOW.plusMillis(9_999))).contains(Caller.ANONYMOUS);
        assertThat(cache.find("a", NOW.plusMillis(10_000))).isEmpty();
        assertThat(cache.find("a", NOW)).isEmpty();
    }

    @Test
    void doesNotLiveLongerBecauseTheClockWasSetBack() {
        cache.put("a", Caller.ANONYMOUS, NOW);

        assertThat(cache.find("a", NOW.minusMillis(1))).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsSizeAndDropsTheLeastRecentlyUsed() {
        cache.put("a", Caller.ANONYMOUS, NOW);
        cache.put("b", Caller.ANONYMOUS, NOW);
        assertThat(cache.find("a", NOW)).isPresent();
        cache.put("c", Caller.ANONYMOUS, NOW);

        assertThat(cache.find("b", NOW)).isEmpty();
        assertThat(cache.find("a", NOW)).isPresent();
        assertThat(cache.find("c", NOW)).isPresent();
    }

    @Test
    void holdsNothingWithASizeOfZero() {
        VerifiedCache none = new VerifiedCache(0, Duration.ofSeconds(10));
        none.put("a", Caller.ANONYMOUS, NOW);

        assertThat(none.find("a", NOW)).isEmpty();
    }
}
