package io.revoker.domain.followers;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import java.time.Duration;

/**
 * Requests what is known of a revocation at the followers, when all of them are closed, or the time is over; the reply
 * is {@link Receipt}.
 *
 * @param concerned the realms that the revocation concerns: others' followers don't count
 */
public record AwaitReceipt(Stamp stamp, RealmScope concerned, Duration timeout) {
    /** Longer ones are cut. */
    public static final Duration LONGEST = Duration.ofSeconds(30);
}
