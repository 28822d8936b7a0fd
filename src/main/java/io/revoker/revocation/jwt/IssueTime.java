package io.revoker.revocation.jwt;

import io.revoker.domain.Stamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The {@code iat} of a JWT, compared with marks. Most issuers write whole seconds: such a JWT may have been issued at
 * any time of its second.
 */
record IssueTime(Instant iat) {

    /** Whether it may have been issued before the mark. */
    boolean mayPrecede(Stamp mark) {
        return !mark.equals(Stamp.NONE)
                && !iat.isAfter(iat.equals(second(iat)) ? second(mark.instant()) : mark.instant());
    }

    /** Whether it was issued in an earlier second than that of the mark. */
    boolean isOfAnEarlierSecondThan(Stamp mark) {
        return !mark.equals(Stamp.NONE) && second(iat).isBefore(second(mark.instant()));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
