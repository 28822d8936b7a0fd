package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.redis.link.RedisClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What this node knows of the stamps that Redis is to give.
 *
 * @param newestMark every further stamp is newer: Redis may have lost it
 * @param clock no stamp is later than it can be by this clock, unless an earlier one was
 */
public record StampBounds(Supplier<Stamp> newestMark, RedisClock clock) {
    public long least() {
        return newestMark.get().micros();
    }

    public long most() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.latest());
    }
}
