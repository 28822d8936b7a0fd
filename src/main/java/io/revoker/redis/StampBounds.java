package io.revoker.redis;

import io.revoker.domain.Stamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What this node knows of the stamps that Redis is to give.
 *
 * @param newestMark every further stamp is newer: Redis may have lost it
 * @param clock no stamp is later than it can be by this clock, unless an earlier one was
 */
record StampBounds(Supplier<Stamp> newestMark, RedisClock clock) {
    long least() {
        return newestMark.get().micros();
    }

    long most() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.latest());
    }
}
