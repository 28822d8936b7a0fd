package io.revoker.domain.audit;

import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An act that changes something, as it is asked for.
 *
 * @param target what it names; absent if that is no revocation's target
 * @param lockedUntil when the lock ends that is asked for
 * @param subject names what no target names, such as a sweep; may be empty
 */
public record Act(
        Kind kind,
        Origin origin,
        Optional<Target> target,
        Optional<Reason> reason,
        Optional<Instant> lockedUntil,
        String subject) {

    /** The kinds of acts. */
    public enum Kind {
        REVOCATION,
        /** A revocation that locks its target. */
        LOCK,
        UNLOCK,
        /** Registrations of a caller in a realm, counted over a while. */
        REGISTRATION,
        /** The stop of a sweep. */
        STOP,
        /** The end of a sweep, which has counted the tokens of a revocation. */
        SWEEP,
        /** Changed files that the service has taken over, or refused. */
        RELOAD,
        /** A request that was refused because of its caller, before it was read. */
        REQUEST;

        /** The name in entries and requests. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that stands for any of its kind: too many different ones are not told apart. */
    public Act ofSeveral() {
        return of(kind, Origin.SEVERAL, "");
    }

    /** One of a target, without a reason or a lock. */
    public static Act of(Kind kind, Origin origin, Target target) {
        return new Act(kind, origin, Optional.of(target), Optional.empty(), Optional.empty(), "");
    }

    /** One of something else. */
    public static Act of(Kind kind, Origin origin, String subject) {
        return new Act(kind, origin, Optional.empty(), Optional.empty(), Optional.empty(), subject);
    }
}
