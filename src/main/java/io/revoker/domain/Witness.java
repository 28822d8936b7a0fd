package io.revoker.domain;

/** What this node has seen of the store, which may lose it. */
public interface Witness {

    /** The newest of all marks that this node has ever known. */
    Stamp newestMark();

    /** A connection to the store is new: the store may have lost what was seen. Called on any event loop. */
    default void doubt() {}
}
