package io.revoker.bus;

import java.util.List;

/**
 * The reply to {@link CheckAll}.
 *
 * @param outcomes one for each check, in the order of the checks
 */
public record Verdicts(List<CheckOutcome> outcomes) {
    public Verdicts {
        outcomes = List.copyOf(outcomes);
    }
}
