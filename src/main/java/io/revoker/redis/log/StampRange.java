package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.redis.link.RedisClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * The bounds of the stamps that Redis may assign, as far as this node knows them.
 *
 * @param newestMark every later stamp is newer; Redis may have lost it
 * @param clock no stamp is later than the latest time of this clock, unless an earlier stamp was
 */
public record StampRange(Supplier<Stamp> newestMark, RedisClock clock) {
    public long least() {
        return newestMark.get().micros();
    }

    public long most() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.latest());
    }
}
