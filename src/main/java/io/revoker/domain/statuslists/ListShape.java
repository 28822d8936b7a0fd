package io.revoker.domain.statuslists;

import java.time.Duration;
import java.time.Instant;

/**
 * How new lists are made.
 *
 * @param size indexes of a list
 * @param mostLists of all realms
 * @param window tokens whose expiries are in one window share lists; longer ones for tokens that live longer
 */
public record ListShape(int size, int mostLists, Duration window) {
    /** A verifier's clock may be behind by this. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /**
     * The end of the list for a token. Windows double in length with the time that is left, so that the number of
     * lists that are open at a time grows with its logarithm, and at most half of the life of a list is after the
     * token has expired.
     */
    public Instant end(Instant expiresAt, Instant now) {
        long left = Duration.between(now, expiresAt).toSeconds();
        long seconds = window.toSeconds();
        while (2 * seconds <= left) {
            seconds *= 2;
        }
        long windows = -Math.floorDiv(-expiresAt.getEpochSecond(), seconds);
        return Instant.ofEpochSecond(windows * seconds).plus(GRACE);
    }
}
