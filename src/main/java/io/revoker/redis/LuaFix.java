package io.revoker.redis;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which releases of Redis have the fix of CVE-2025-49844: without it, a client that may send scripts may make the
 * server run programs (<a
 * href="https://github.com/redis/redis/security/advisories/GHSA-4789-qfc9-5f9q">GHSA-4789-qfc9-5f9q</a>). Release
 * series that are not listed ended before the fix, or began after it.
 */
final class LuaFix {
    private static final Logger LOG = LoggerFactory.getLogger(LuaFix.class);
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final Map<Integer, Integer> FIRST_FIXED = Map.of(602, 20, 702, 11, 704, 6, 800, 4, 802, 2);
    private static final int LAST_SERIES = 802;

    /** Where it is. */
    static final String FIXED = "6.2.20, 7.2.11, 7.4.6, 8.0.4, 8.2.2 or newer, or one that was patched";

    private LuaFix() {}

    /** Nothing is known about servers other than Redis. */
    static boolean isMissingIn(String version) {
        Matcher release = RELEASE.matcher(version);
        if (!release.matches()) {
            return false;
        }
        int series = 100 * Integer.parseInt(release.group(1)) + Integer.parseInt(release.group(2));
        return Optional.ofNullable(FIRST_FIXED.get(series))
                .map(fixed -> Integer.parseInt(release.group(3)) < fixed)
                .orElse(series < LAST_SERIES);
    }

    static void warnIfMissingIn(String version) {
        if (isMissingIn(version)) {
            LOG.atWarn()
                    .addKeyValue("version", version)
                    .addKeyValue("expected", FIXED)
                    .log(
                            "redis lacks the fix of CVE-2025-49844: a client that may send scripts may run programs on its host");
        }
    }
}
