package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reply of the script that assigns stamps. It has the stamp and, for a revocation with a sweep, separated by
 * blanks: the sweep's state, the time in microseconds, and the stamps of the sweeps that it joins, separated by
 * commas, or {@code -}. What comes then is about leases, see {@link io.revoker.redis.near.NearSight}.
 */
final class EnteredText {
    private static final String NONE = "-";

    private EnteredText() {}

    static String[] words(String text) {
        return text.split(" ", -1);
    }

    static Entered parse(Target target, Order order, String text) {
        String[] words = words(text);
        Instant began = instant(words[2]);
        return new Entered(
                new SweepStatus(
                        new Stamp(Long.parseLong(words[0])),
                        target,
                        State.valueOf(words[1]),
                        Progress.NONE,
                        began,
                        began,
                        order.caller(),
                        Optional.empty(),
                        order.reason()),
                stamps(words[3]));
    }

    /** The text of a sweep that no instance runs, and that joins none. */
    static String waiting(Stamp stamp, Instant now) {
        return stamp + " " + State.WAITING + ' ' + ChronoUnit.MICROS.between(Instant.EPOCH, now) + ' ' + NONE;
    }

    static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    private static List<Stamp> stamps(String list) {
        return list.equals(NONE)
                ? List.of()
                : Stream.of(list.split(",", -1))
                        .map(stamp -> new Stamp(Long.parseLong(stamp)))
                        .toList();
    }
}
