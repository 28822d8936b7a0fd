package io.revoker.redis.log;

import io.revoker.domain.Problem;
import io.revoker.domain.store.RevocationLog.Order;
import java.time.Instant;

/** When an order may still take effect, by the clock of Redis. */
final class LatestTime {
    private LatestTime() {}

    /** In microseconds; empty if it may at any time. */
    static String of(Order order) {
        return order.notAfter()
                .map(latest -> Long.toString(LockText.micros(latest)))
                .orElse("");
    }

    static boolean isOver(Order order, Instant now) {
        return order.notAfter().filter(now::isAfter).isPresent();
    }

    static Problem over() {
        return Problem.unavailable("revocation: too late (expected: a repetition; nothing was revoked)");
    }
}
