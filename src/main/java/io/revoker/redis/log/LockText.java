package io.revoker.redis.log;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.LockStore.Lock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The value of a lock: when it ends, eight bytes in microseconds, and its text, words separated by blanks: the stamp of
 * its revocation, its target, and its {@linkplain OriginText caller and reason}.
 */
final class LockText {
    private LockText() {}

    /** The words behind the stamp. */
    static String of(Target target, String caller, Optional<Reason> reason) {
        return TargetText.of(target) + ' ' + new OriginText(caller, reason).word();
    }

    static String of(Lock lock) {
        return lock.stamp() + " " + of(lock.target(), lock.caller(), lock.reason());
    }

    static Problem full() {
        return Problem.overloaded("locks: " + LockStore.MOST
                + " (expected: fewer; nothing was revoked; remove locks, or wait until they end)");
    }

    static long micros(Instant until) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, until);
    }

    /** When the lock of a value ends; 1970 if it is too short for one, which another program wrote. */
    static Instant end(byte[] value) {
        return value.length < Long.BYTES
                ? Instant.EPOCH
                : Instant.EPOCH.plus(ByteBuffer.wrap(value).getLong(), ChronoUnit.MICROS);
    }

    /** Empty if another program or a later version wrote it. */
    static Optional<Lock> parse(byte[] value) {
        try {
            Instant until = end(value);
            String[] words =
                    new String(value, Long.BYTES, value.length - Long.BYTES, StandardCharsets.UTF_8).split(" ", -1);
            OriginText origin = OriginText.parse(words[2]);
            return Optional.of(new Lock(
                    TargetText.parse(words[1]),
                    until,
                    new Stamp(Long.parseLong(words[0])),
                    origin.caller(),
                    origin.reason()));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
