package io.revoker.domain.audit;

import io.revoker.domain.UserInRealm;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** How an act is kept before it is done, so that there is none without an entry: in one of two ways. */
public interface Keeping {
    /** Of a trail that keeps nothing. */
    Keeping NONE = new Keeping() {
        @Override
        public Future<Void> announced() {
            return Future.succeededFuture();
        }

        @Override
        public Optional<Note> noted(UserInRealm holder) {
            return Optional.empty();
        }
    };

    /** Announces it, unless that was done. Nothing may be changed before this has succeeded. */
    Future<Void> announced();

    /**
     * What the store has to keep in the very step that does it, together with what the step has done. If the step turns
     * out to do nothing, the act may still be announced. Empty if nothing is kept.
     *
     * @param holder of the token that the step revokes
     */
    Optional<Note> noted(UserInRealm holder);

    /**
     * An act that is done in one step.
     *
     * @param name that no other act has
     * @param deadline from then on, any instance may write its entry
     * @param facts that its entry begins with
     */
    record Note(String name, Instant deadline, String facts) {}
}
