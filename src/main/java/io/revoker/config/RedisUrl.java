package io.revoker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The form of a Redis URL. It may hold a password, so it is judged but never quoted. */
public final class RedisUrl {
    static final String EXPECTED =
            "redis://[user[:password]@]host[:port][/db] or rediss://, special characters percent-encoded";

    private static final Pattern SCHEME = Pattern.compile("rediss?");
    private static final Pattern DATABASE = Pattern.compile("(/\\d{0,5})?");
    private static final int NO_PORT = -1;
    private static final int MAX_PORT = 65_535;

    private RedisUrl() {}

    /** Throws {@link InvalidConfiguration} if it is none. */
    public static void require(Secret url) {
        new Requirements().that("redis.url", url, RedisUrl::isValid, EXPECTED).check();
    }

    static boolean isValid(Secret url) {
        try {
            return isValid(new URI(url.value()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isValid(URI uri) {
        return uri.getScheme() != null
                && SCHEME.matcher(uri.getScheme()).matches()
                && uri.getHost() != null
                && hasValidPort(uri)
                && DATABASE.matcher(uri.getPath()).matches()
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }

    private static boolean hasValidPort(URI uri) {
        return uri.getPort() == NO_PORT || (uri.getPort() > 0 && uri.getPort() <= MAX_PORT);
    }
}
