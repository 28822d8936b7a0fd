package io.revoker.config.values;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The address of Redis: one server, the sentinels that know the primary, or nodes of a Cluster. It may contain a
 * password, so it is never quoted as a whole.
 *
 * @param endpoints {@code redis://} or {@code rediss://} URLs of servers, of sentinels or of nodes
 * @param primary its name among the sentinels; absent without sentinels
 */
public record RedisUrl(Kind kind, List<String> endpoints, Optional<String> primary) {
    private static final String EXPECTED = "redis://[user[:password]@]host[:port][/db] or rediss://, or"
            + " redis-sentinel://[user[:password]@]host[:port][,host[:port]...][/db]#primary or rediss-sentinel://, or"
            + " redis-cluster://[user[:password]@]host[:port][,host[:port]...] or rediss-cluster://,"
            + " special characters percent-encoded";

    /** The kind of the endpoints. */
    public enum Kind {
        SERVER,
        SENTINELS,
        CLUSTER
    }

    private static final Pattern CLUSTER =
            Pattern.compile("(?<scheme>rediss?)-cluster://(?<user>[^@/]*@)?(?<hosts>[^@/#]+)(?<database>)/?");
    private static final int SERVER_PORT = 6379;

    private static final Pattern SENTINELS = Pattern.compile(
            "(?<scheme>rediss?)-sentinel://(?<user>[^@/]*@)?(?<hosts>[^@/#]+)(?<database>/\\d{0,5})?#(?<primary>[A-Za-z0-9._-]{1,255})");
    private static final int SENTINEL_PORT = 26_379;
    /** The port is at the end; the colons of an IPv6 address are within brackets. */
    private static final Pattern HAS_PORT = Pattern.compile(":\\d*$");

    private static final Pattern WITHOUT_PASSWORD =
            Pattern.compile("(?<scheme>[a-z-]+://)(?:(?<user>[^@:/]*)@)?(?<rest>[^@]+)");
    private static final String HOST = "(?:[A-Za-z0-9._-]++|\\[[0-9A-Fa-f:.]*+])(?::\\d{0,6}+)?";

    /** A URL, valid or not, in which the position of user and password is clear. */
    private static final Pattern SHOWABLE = Pattern.compile("(?<scheme>[a-z-]{1,20}://)(?<user>.*@)?(?<rest>" + HOST
            + "(?:," + HOST + ")*+(?:/\\d*)?(?:#[A-Za-z0-9._-]*)?)");

    public RedisUrl {
        endpoints = List.copyOf(endpoints);
    }

    /** Throws {@link SettingsProblem} if it is not valid. */
    public static RedisUrl require(Secret url) {
        new Requirements()
                .that("redis.url", shown(url), shown -> isValid(url), expected(url))
                .check();
        return ofAnyKind(url.value());
    }

    /**
     * The expectation in the message about an invalid one: the wrong part, if it can be determined, and the form of
     * the whole.
     */
    public static String expected(Secret url) {
        return RedisUrlRules.of(url).map(part -> part + ", as in ").orElse("") + EXPECTED;
    }

    /** Whether a password may be inserted. */
    public static boolean lacksPassword(Secret url) {
        return WITHOUT_PASSWORD.matcher(url.value()).matches();
    }

    /** The URL, which has no password yet, with the password, percent-encoded. */
    public static Secret with(Secret password, Secret url) {
        Matcher parts = WITHOUT_PASSWORD.matcher(url.value());
        if (!parts.matches()) {
            throw new IllegalArgumentException("a URL with a password (expected: one without)");
        }
        String user = Optional.ofNullable(parts.group("user")).orElse("");
        String encoded = URLEncoder.encode(password.value(), UTF_8).replace("+", "%20");
        return new Secret(parts.group("scheme") + user + ':' + encoded + '@' + parts.group("rest"));
    }

    /** The URL as messages may show it: without user and password. */
    public static String shown(Secret url) {
        Matcher parts = SHOWABLE.matcher(url.value());
        if (!parts.matches()) {
            return url.toString();
        }
        String user = parts.group("user") == null ? "" : url + "@";
        return parts.group("scheme") + user + parts.group("rest");
    }

    public static boolean isValid(Secret url) {
        return RedisUrlRules.of(url).isEmpty();
    }

    public boolean isEncrypted() {
        return endpoints.get(0).startsWith("rediss:");
    }

    private static RedisUrl ofAnyKind(String url) {
        Matcher sentinels = SENTINELS.matcher(url);
        if (sentinels.matches()) {
            return new RedisUrl(
                    Kind.SENTINELS, endpoints(sentinels, SENTINEL_PORT), Optional.of(sentinels.group("primary")));
        }
        Matcher cluster = CLUSTER.matcher(url);
        if (cluster.matches()) {
            return new RedisUrl(Kind.CLUSTER, endpoints(cluster, SERVER_PORT), Optional.empty());
        }
        return new RedisUrl(Kind.SERVER, List.of(url), Optional.empty());
    }

    /**
     * Each endpoint has the common user and password. A sentinel also has the database of the servers that it watches.
     */
    private static List<String> endpoints(Matcher parts, int port) {
        String before = parts.group("scheme") + "://"
                + Optional.ofNullable(parts.group("user")).orElse("");
        String after = Optional.ofNullable(parts.group("database")).orElse("");
        return Stream.of(parts.group("hosts").split(",", -1))
                .map(host -> before + (HAS_PORT.matcher(host).find() ? host : host + ':' + port) + after)
                .toList();
    }
}
