package io.revoker.revocation.jwt;

import io.revoker.domain.Stamp;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.store.Cover;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The {@code iat} of a JWT, compared with marks. Most issuers write whole seconds: such a JWT may have been issued at
 * any time of its second.
 */
public record IssueTime(Instant iat) {
    static IssueTime of(VerifiedJwt jwt) {
        return new IssueTime(jwt.issuedAt());
    }

    /** That of one that is registered, or may be later: the store knows what it came before, whatever clock says. */
    static IssueTime ofRegistered(VerifiedJwt jwt) {
        return new IssueTime(jwt.facts().issuedAt());
    }

    /** Whether a JWT that is not registered is dead: it may have been issued before a mark. */
    boolean mayPrecede(Cover cover) {
        return cover.isTooOld(iat)
                || (!cover.newest().equals(Stamp.NONE)
                        && !iat.isAfter(
                                iat.equals(second(iat))
                                        ? second(cover.newest().instant())
                                        : cover.newest().instant()));
    }

    /** Whether it is dead even if it was registered after a mark. */
    public boolean precedes(Cover cover) {
        return cover.isTooOld(iat) || isOfAnEarlierSecondThan(cover.newest());
    }

    /** Whether it was issued in an earlier second than that of the mark. */
    private boolean isOfAnEarlierSecondThan(Stamp mark) {
        return !mark.equals(Stamp.NONE) && second(iat).isBefore(second(mark.instant()));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
