package io.revoker.http.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a follower asks for. Anything that is wrong is a {@link Problem}. */
final class FollowRequest {
    private static final Pattern STAMP = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final Duration LONGEST = Duration.ofHours(24);

    private FollowRequest() {}

    static void requireKnown(RoutingContext request, Set<String> known) {
        request.queryParams().names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Problem.invalid("query: an unknown parameter (expected: "
                            + String.join(", ", known.stream().sorted().toList()) + ")");
                });
    }

    /** A stamp; absent if there is no such parameter. */
    static Optional<Stamp> stamp(String name, List<String> values) {
        return one(name, values).map(text -> {
            if (!STAMP.matcher(text).matches()) {
                throw Problem.invalid(name + ": not a stamp (expected: 1 to 18 digits, as in an event)");
            }
            return new Stamp(Long.parseLong(text));
        });
    }

    /** A time such as 500ms, 10s or 5m; absent if there is no such parameter. */
    static Optional<Duration> time(String name, List<String> values) {
        return one(name, values).map(text -> {
            Matcher time = TIME.matcher(text);
            Duration given = time.matches() ? of(Long.parseLong(time.group(1)), time.group(2)) : Duration.ofMillis(-1);
            if (given.isNegative() || given.compareTo(LONGEST) > 0) {
                throw Problem.invalid(name + ": not a time (expected: such as 500ms, 10s or 5m, up to 24 hours)");
            }
            return given;
        });
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static Optional<String> one(String name, List<String> values) {
        if (values.size() > 1) {
            throw Problem.invalid(name + ": " + values.size() + " values (expected: one)");
        }
        return values.stream().findFirst();
    }
}
