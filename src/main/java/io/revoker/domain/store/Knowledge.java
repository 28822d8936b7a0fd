package io.revoker.domain.store;

import io.revoker.domain.Stamp;

/** What this node knows of the store, which may lose it. */
public interface Knowledge {

    /** The newest of all marks that this node has ever known. */
    Stamp newestMark();

    /** A connection to the store is new: the store may have lost what is known. Called on any event loop. */
    default void doubt() {}
}
