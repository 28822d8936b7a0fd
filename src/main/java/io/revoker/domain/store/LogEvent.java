package io.revoker.domain.store;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;

/** An entry of the log, as those who follow it see it. */
public sealed interface LogEvent {
    Stamp stamp();

    /** Something was revoked. */
    record Revoked(Revocation revocation) implements LogEvent {
        @Override
        public Stamp stamp() {
            return revocation.stamp();
        }
    }

    /** A lock was removed. */
    record Unlocked(Stamp stamp, Target target) implements LogEvent {}

    /** The log has lost entries before this one. What they revoked is dead all the same. */
    record Lost(Stamp stamp) implements LogEvent {}
}
