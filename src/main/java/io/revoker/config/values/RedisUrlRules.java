package io.revoker.config.values;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the wrong part of a Redis URL; a URL is valid if none is wrong. The result quotes nothing of the URL. */
final class RedisUrlRules {
    private static final String SENTINEL = "-sentinel";
    private static final String CLUSTER = "-cluster";
    private static final Set<String> KINDS = Set.of("", SENTINEL, CLUSTER);
    private static final String SCHEMES =
            "the scheme redis or rediss, redis-sentinel or rediss-sentinel, redis-cluster or rediss-cluster";

    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>.*?)://(?:(?<user>.*)@)?(?<hosts>[^/?#]*)(?<path>[^?#]*)(?<query>\\?[^#]*)?(?:#(?<primary>.*))?",
            Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("rediss?(?<kind>.*)");
    private static final Pattern USER = Pattern.compile("(?:[\\w\\p{L}.~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*+");
    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9._-]++|\\[[0-9A-Fa-f:.]++])(?::(?<port>[^:]*))?");
    private static final Pattern PORT = Pattern.compile("(?!0+$)\\d{1,5}");
    private static final Pattern DATABASE = Pattern.compile("(?:/\\d{0,5})?");
    private static final Pattern PRIMARY = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final int MAX_PORT = 65_535;

    private RedisUrlRules() {}

    /** The expected form of the wrong part; empty if there is none. */
    static Optional<String> of(Secret url) {
        Matcher parts = PARTS.matcher(url.value());
        if (!parts.matches()) {
            return Optional.of("a scheme and ://");
        }
        Matcher scheme = SCHEME.matcher(parts.group("scheme"));
        if (!scheme.matches() || !KINDS.contains(scheme.group("kind"))) {
            return Optional.of(SCHEMES);
        }
        return Stream.concat(addresses(parts, scheme.group("kind")), rest(parts, scheme.group("kind")))
                .filter(rule -> !rule.holds())
                .map(Rule::expected)
                .findFirst();
    }

    private record Rule(String expected, boolean holds) {}

    private static Stream<Rule> addresses(Matcher parts, String kind) {
        List<String> hosts = List.of(parts.group("hosts").split(",", -1));
        return Stream.of(
                new Rule("user and password percent-encoded", matches(USER, parts.group("user"))),
                new Rule("one host", !kind.isEmpty() || hosts.size() == 1),
                new Rule("a host", hosts.stream().allMatch(RedisUrlRules::isHost)),
                new Rule(
                        "a host without _, which no certificate has",
                        !parts.group("scheme").startsWith("rediss")
                                || !parts.group("hosts").contains("_")),
                new Rule("a port of 1 to 65535", hosts.stream().allMatch(RedisUrlRules::hasPort)));
    }

    private static Stream<Rule> rest(Matcher parts, String kind) {
        boolean sentinels = kind.equals(SENTINEL);
        String path = parts.group("path");
        Predicate<String> primary = PRIMARY.asMatchPredicate();
        return Stream.of(
                new Rule("no database index", !kind.equals(CLUSTER) || path.isEmpty() || path.equals("/")),
                new Rule("a database index of at most 5 digits", matches(DATABASE, path)),
                new Rule("no query", parts.group("query") == null),
                new Rule("nothing after #", sentinels || parts.group("primary") == null),
                new Rule(
                        "#primary",
                        !sentinels
                                || Optional.ofNullable(parts.group("primary"))
                                        .filter(primary)
                                        .isPresent()));
    }

    /**
     * Validates a host as the Redis client does, which uses {@link URI}. {@link URI} does not accept a host with an
     * underscore, as Docker Compose names them; such a host is resolved before it is passed on.
     */
    private static boolean isHost(String host) {
        Matcher parts = HOST.matcher(host);
        try {
            return parts.matches() && new URI("redis://" + parts.group("name").replace('_', 'x')).getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** True also for a part that is absent. */
    private static boolean matches(Pattern pattern, String part) {
        return part == null || pattern.matcher(part).matches();
    }

    private static boolean hasPort(String host) {
        Matcher parts = HOST.matcher(host);
        String port = parts.matches() ? parts.group("port") : null;
        return port == null || port.isEmpty() || (PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT);
    }
}
