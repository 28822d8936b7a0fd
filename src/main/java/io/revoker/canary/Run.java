package io.revoker.canary;

import io.revoker.domain.followers.Receipt;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run has shown.
 *
 * @param receipt present if the token was revoked, and refused here
 * @param took until this instance has refused the token, and every follower was closed
 */
record Run(Outcome outcome, Optional<Receipt> receipt, Duration took) {

    enum Outcome {
        /** Refused here, and every follower is closed within the bound. */
        CLOSED,
        /** Refused here, but not every follower is closed within the bound. */
        OPEN,
        /** This instance accepted the token after the acknowledgement. */
        ACCEPTED,
        /** It could not be registered, revoked or checked. */
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Run without(Outcome outcome) {
        return new Run(outcome, Optional.empty(), Duration.ZERO);
    }
}
