package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A mark as it is kept: eight bytes of id, eight bytes of value.
 *
 * @param value the stamp of the revocation, which tokens must not be born before; or, for {@link Target.IssuedBefore},
 * the instant that they must not have been issued before, in microseconds, and no later than the stamp
 */
public record Mark(MarkId id, Stamp value) {

    /**
     * The mark that a revocation raises.
     *
     * @param target one that raises a mark
     */
    public static Mark of(Target target, Stamp stamp) {
        return new Mark(
                MarkId.of(target),
                target instanceof Target.IssuedBefore some && stamp.isAfter(at(some.instant()))
                        ? at(some.instant())
                        : stamp);
    }

    /** The value for an instant. */
    public static Stamp at(Instant instant) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
}
