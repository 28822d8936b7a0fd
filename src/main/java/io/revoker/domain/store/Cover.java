package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import java.time.Instant;

/**
 * What the marks say of a token.
 *
 * @param newest the newest mark that covers it; {@link Stamp#NONE} if there is none
 * @param issuedBefore it is dead if it was issued before this; {@link Stamp#NONE} if it may have been at any time
 */
public record Cover(Stamp newest, Stamp issuedBefore) {
    public static final Cover NONE = new Cover(Stamp.NONE, Stamp.NONE);

    /** Whether a registered token is dead. */
    public boolean kills(Stamp birth, Instant issuedAt) {
        return newest.isAfter(birth) || isTooOld(issuedAt);
    }

    /** Whether a token is dead because of when it was issued, however late it was registered. */
    public boolean isTooOld(Instant issuedAt) {
        return !issuedBefore.equals(Stamp.NONE) && issuedAt.isBefore(issuedBefore.instant());
    }

    /** What both say. */
    public Cover and(Cover other) {
        return new Cover(newest.newer(other.newest), issuedBefore.newer(other.issuedBefore));
    }
}
