package io.revoker.domain.store;

import io.revoker.domain.Grant;
import java.util.Set;

/**
 * The result of registering a grant.
 *
 * @param grant the grant as it is stored; for a repeated registration the one that was there before
 * @param fields of the request that caused a conflict: those that differ, or the tokens that were invalidated; empty
 * if it is all the tokens, or not known
 */
public record Registration(Outcome outcome, Grant grant, Set<String> fields) {

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

    public Registration {
        fields = Set.copyOf(fields);
    }

    /** Without conflicting fields. */
    public Registration(Outcome outcome, Grant grant) {
        this(outcome, grant, Set.of());
    }

    public static Registration conflict(Grant grant, Set<String> fields) {
        return new Registration(Outcome.CONFLICT, grant, fields);
    }
}
