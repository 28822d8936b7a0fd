package io.revoker.domain.store;

import io.revoker.domain.Grant;
import java.util.Set;

/**
 * The result of registering a grant.
 *
 * @param grant the grant as it is stored; for a repeated registration the one that was there before
 * @param fields of the request that caused a conflict: those that differ, the tokens that were invalidated, or {@value
 * #ISSUED_AT}; empty if it is all the tokens, or not known
 */
public record Registration(Outcome outcome, Grant grant, Set<String> fields) {

    /** The field that says when the tokens were issued. */
    public static final String ISSUED_AT = "issued_at";

    /** A registration never overwrites and never revives. */
    public enum Outcome {
        /** Registered now; one of a pair is dead if a revocation covers it alone because of when it was issued. */
        CREATED,
        /**
         * The same tokens with the same facts were there already. All that are unexpired are live, except that one of
         * a pair may be dead because of when it was issued.
         */
        UNCHANGED,
        /** One of the tokens is registered with other facts. */
        CONFLICT,
        /**
         * The tokens are registered with the same facts, but one of them has been invalidated; or a revocation covers
         * all of them because of when they were issued.
         */
        INVALIDATED
    }

    public Registration {
        fields = Set.copyOf(fields);
    }

    /** Without conflicting fields. */
    public Registration(Outcome outcome, Grant grant) {
        this(outcome, grant, Set.of());
    }

    /** A revocation covers what was issued then. */
    public static Registration issuedTooEarly(Grant grant) {
        return new Registration(Outcome.INVALIDATED, grant, Set.of(ISSUED_AT));
    }

    public static Registration conflict(Grant grant, Set<String> fields) {
        return new Registration(Outcome.CONFLICT, grant, fields);
    }
}
