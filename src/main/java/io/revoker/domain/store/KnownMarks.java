package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import java.time.Instant;
import java.util.Optional;

/** What a store asks the node about: the newest mark that it has known, in case the store itself has lost it. */
public interface KnownMarks {

    /** The newest of all marks that this node has ever known. */
    Stamp newestMark();

    /** Whether this node knows every mark and every lock up to this stamp. */
    default boolean hasAllUpTo(Stamp last) {
        return false;
    }

    /** What the marks that are known here say of a token. */
    default Cover coverOf(Traits token) {
        return Cover.NONE;
    }

    /** When the last of the locks ends that are known here and cover one of the tokens; it may have ended. */
    default Optional<Instant> lockedUntil(Traits tokens) {
        return Optional.empty();
    }

    /**
     * A new connection to the store was opened: the store may have lost what this node knows. Called on any event
     * loop.
     */
    default void doubt() {}
}
