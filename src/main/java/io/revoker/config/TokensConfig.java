package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The bounds of tokens that may be registered, and the form of minted ones.
 *
 * @param accessLifetime default of an access token, capped by the longest
 * @param refreshLifetime default of a refresh token, capped by the longest
 */
public record TokensConfig(
        Duration accessLifetime,
        Duration maxAccessLifetime,
        Duration refreshLifetime,
        Duration maxRefreshLifetime,
        String accessPrefix,
        String refreshPrefix) {

    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(6);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    /** No dot: a minted token must not look like a JWT. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{0,16}");

    private static final String PREFIX_EXPECTED = "0 to 16 characters of A-Z a-z 0-9 _ -";

    public TokensConfig {
        new Requirements()
                .within("access-lifetime", accessLifetime, SHORTEST, LONGEST)
                .within("refresh-lifetime", refreshLifetime, SHORTEST, LONGEST)
                .within("max-access-lifetime", maxAccessLifetime, SHORTEST, LONGEST)
                .within("max-refresh-lifetime", maxRefreshLifetime, SHORTEST, LONGEST)
                .matching("access-prefix", accessPrefix, PREFIX, PREFIX_EXPECTED)
                .matching("refresh-prefix", refreshPrefix, PREFIX, PREFIX_EXPECTED)
                .check();
    }

    /**
     * How long a mark may be needed: the longest life of a token, and some minutes for clocks that differ and for
     * tokens whose issue time is slightly in the future.
     */
    public Duration markLifetime() {
        Duration longest = maxAccessLifetime.compareTo(maxRefreshLifetime) > 0 ? maxAccessLifetime : maxRefreshLifetime;
        return longest.plus(CLOCKS_DIFFER_BY);
    }
}
