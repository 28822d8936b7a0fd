package io.revoker.bus;

/**
 * Asks what a revocation would report, without revoking; the reply is a {@link io.revoker.domain.Report} without a
 * stamp. Unregistered JWTs are not counted, as in the report of a revocation.
 *
 * @param most with more live tokens the count ends early: the report then has more than this, but not all
 */
public record Count(Revoke what, long most) {

    /** Counts all. */
    public Count(Revoke what) {
        this(what, Long.MAX_VALUE);
    }
}
