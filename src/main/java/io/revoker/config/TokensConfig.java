package io.revoker.config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What tokens may be registered, and how minted ones look.
 *
 * @param accessLifetime of an access token whose registration names none, if that is no longer than the longest
 * @param refreshLifetime of a refresh token whose registration names none, if that is no longer than the longest
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
    /** No dot: a minted token must not be taken for a JWT. */
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
     * How long a mark may have something to forbid: the longest life of a token, and a little for clocks that differ and tokens that were issued a moment
     * ahead.
     */
    public Duration markLifetime() {
        Duration longest = maxAccessLifetime.compareTo(maxRefreshLifetime) > 0 ? maxAccessLifetime : maxRefreshLifetime;
        return longest.plus(CLOCKS_DIFFER_BY);
    }
}
