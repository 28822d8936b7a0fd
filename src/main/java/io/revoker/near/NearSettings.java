package io.revoker.near;

import java.time.Duration;

/**
 * How much is remembered, and for how long.
 *
 * @param size most tokens
 * @param bound no answer is from a view that is older than this
 * @param oldest after which the store is asked again about a token: less than the time that a mark stays
 */
public record NearSettings(int size, Duration bound, Duration oldest) {
    /**
     * How long after the revocation of a single token, or of its pair, what the store says of it is not remembered. An
     * instance of an earlier version writes it to the log before it carries it out: in between, the store still calls
     * the token live. There it is not acknowledged if that takes longer than the bound.
     */
    Duration settling() {
        return bound.multipliedBy(2);
    }
}
