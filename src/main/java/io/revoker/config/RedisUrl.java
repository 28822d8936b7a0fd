package io.revoker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Redis is: one server, or the sentinels that know the primary. It may hold a password, so it is judged but never quoted.
 *
 * @param endpoints {@code redis://} or {@code rediss://} URLs of servers or of sentinels
 * @param primary how the sentinels call it; absent without sentinels
 */
public record RedisUrl(List<String> endpoints, Optional<String> primary) {
    static final String EXPECTED = "redis://[user[:password]@]host[:port][/db] or rediss://, or"
            + " redis-sentinel://[user[:password]@]host[:port][,host[:port]...][/db]#primary or rediss-sentinel://,"
            + " special characters percent-encoded";

    private static final Pattern SENTINELS =
            Pattern.compile("(rediss?)-sentinel://([^@/]*@)?([^@/#]+)(/\\d{0,5})?#([A-Za-z0-9._-]{1,255})");
    private static final int SENTINEL_PORT = 26_379;
    private static final Pattern SCHEME = Pattern.compile("rediss?");
    private static final Pattern DATABASE = Pattern.compile("(/\\d{0,5})?");
    private static final int NO_PORT = -1;
    private static final int MAX_PORT = 65_535;

    public RedisUrl {
        endpoints = List.copyOf(endpoints);
    }

    /** Throws {@link InvalidConfiguration} if it is none. */
    public static RedisUrl require(Secret url) {
        new Requirements().that("redis.url", url, RedisUrl::isValid, EXPECTED).check();
        return parse(url).orElseThrow();
    }

    static boolean isValid(Secret url) {
        return parse(url).isPresent();
    }

    public boolean isEncrypted() {
        return endpoints.get(0).startsWith("rediss:");
    }

    private static Optional<RedisUrl> parse(Secret url) {
        Matcher sentinels = SENTINELS.matcher(url.value());
        RedisUrl parsed =
                sentinels.matches() ? ofSentinels(sentinels) : new RedisUrl(List.of(url.value()), Optional.empty());
        return Optional.of(parsed).filter(it -> it.endpoints().stream().allMatch(RedisUrl::isEndpoint));
    }

    /** Each sentinel has the user, the password and the database of the servers that it watches. */
    private static RedisUrl ofSentinels(Matcher parts) {
        String before =
                parts.group(1) + "://" + Optional.ofNullable(parts.group(2)).orElse("");
        String after = Optional.ofNullable(parts.group(4)).orElse("");
        return new RedisUrl(
                Stream.of(parts.group(3).split(",", -1))
                        .map(host -> before + (host.contains(":") ? host : host + ':' + SENTINEL_PORT) + after)
                        .toList(),
                Optional.of(parts.group(5)));
    }

    private static boolean isEndpoint(String url) {
        try {
            return isEndpoint(new URI(url));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isEndpoint(URI uri) {
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
