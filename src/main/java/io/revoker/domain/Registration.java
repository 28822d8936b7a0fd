package io.revoker.domain;

/**
 * What came of registering a grant.
 *
 * @param grant the grant as it is stored; of a repeated registration the one that was there before
 */
public record Registration(Outcome outcome, Grant grant) {

    /** A registration never overwrites and never revives. */
    public enum Outcome {
        /** Registered now. */
        CREATED,
        /** The same tokens with the same facts were there already, and at least one of them is live. */
        UNCHANGED,
        /** One of the tokens is registered with other facts. */
        CONFLICT,
        /** The tokens are registered with the same facts, but have been invalidated. */
        INVALIDATED
    }
}
