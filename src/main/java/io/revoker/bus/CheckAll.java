package io.revoker.bus;

import io.revoker.domain.Problem;
import java.util.List;

/**
 * Asks for each of some tokens whether it is active; the reply is {@link Verdicts}.
 *
 * @param checks each with the realms that its own caller may see; 1 to {@value #MAX} of them
 */
public record CheckAll(List<Check> checks) {
    public static final int MAX = 1000;

    public CheckAll {
        if (checks.isEmpty() || checks.size() > MAX) {
            throw Problem.invalid("checks: " + checks.size() + " (expected: 1 to " + MAX + ")");
        }
        checks = List.copyOf(checks);
    }
}
