package io.revoker.domain.store;

import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.audit.Keeping.Note;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Revokes registered tokens, or pairs, each in one step: what it invalidates is in the log. */
@FunctionalInterface
public interface SingleRevocations {
    /** Where no step can do it. */
    SingleRevocations NONE = target -> Future.succeededFuture(Optional.empty());

    /** Reads a token; empty if it can't be revoked in one step, or was never registered. */
    Future<Optional<Prepared>> prepare(Target.OneToken target);

    /** A token that can be revoked in one step, as it was registered: what has become of it since is not known. */
    record Prepared(Token token, Step step) {}

    /** Revokes a token. */
    @FunctionalInterface
    interface Step {
        /**
         * Invalidates it, writes the log entry, and keeps the note. Empty if that is not as simple, because it has
         * expired, is damaged, or is only half registered; then nothing was done. If the token is dead, but the log
         * could not be written, it fails with a {@link io.revoker.domain.Problem} that says what was counted.
         */
        Future<Optional<Revoked>> take(Optional<Reason> reason, Optional<Note> note);
    }

    /**
     * What the step has done.
     *
     * @param expiresAt when the token expires, as the log says it; its record may say something else
     */
    record Revoked(Stamp stamp, Tally tally, Instant expiresAt) {}
}
