package io.revoker.bench;

import java.time.Duration;

/**
 * How much is measured; each is a system property {@code revoker.bench.<name>}.
 *
 * @param tokens of the realm that is swept
 * @param userTokens of the user that is swept
 * @param checkTokens that checks pick from
 * @param singles requests that register or invalidate one token
 * @param rounds of checks, and of starts; medians are reported
 * @param round how long a round of checks lasts
 */
record Sizes(int tokens, int userTokens, int checkTokens, int singles, int rounds, Duration round) {
    static Sizes fromSystemProperties() {
        return new Sizes(
                size("tokens"),
                size("user-tokens"),
                size("check-tokens"),
                size("singles"),
                size("rounds"),
                Duration.ofSeconds(size("round-seconds")));
    }

    Sizes withRounds(int other) {
        return new Sizes(tokens, userTokens, checkTokens, singles, other, round);
    }

    private static int size(String name) {
        String property = "revoker.bench." + name;
        int size = Integer.parseInt(System.getProperty(property, "0"));
        if (size <= 0) {
            throw new IllegalArgumentException(property + ": " + size + " (expected: 1 or more)");
        }
        return size;
    }
}
