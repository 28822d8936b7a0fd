package io.revoker.redis.followers;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.redis.keys.Escape;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The field of a follower is its name, a slash and its caller. The value has, separated by blanks, the stamp that it
 * has confirmed, its bound in milliseconds or {@code -}, when it was heard last, and when it confirmed that stamp, both
 * in microseconds; and the realms of its caller, each behind a slash, or {@code *}. If these are many, there is a
 * {@code *}, too: then others wait for it without need.
 */
final class FollowerText {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9._-]{1,64})/(.*)");
    private static final Pattern VALUE = Pattern.compile("(\\d{1,18}) (-|\\d{1,12}) (\\d{1,18}) (\\d{1,18}) (\\S+)");
    private static final int MOST_REALMS = 16;
    private static final String ALL = "*";
    private static final String SEPARATOR = "/";

    private FollowerText() {}

    static String field(FollowerId id) {
        return id.name() + '/' + id.caller();
    }

    static String bound(Optional<Duration> bound) {
        return bound.map(longest -> Long.toString(longest.toMillis())).orElse("-");
    }

    static String realms(RealmScope scope) {
        return scope.only()
                .filter(some -> some.size() <= MOST_REALMS)
                .map(some -> some.stream()
                        .map(realm -> SEPARATOR + Escape.escape(realm.key()))
                        .sorted()
                        .collect(Collectors.joining()))
                .filter(text -> !text.isEmpty())
                .orElse(ALL);
    }

    private static RealmScope realms(String text) {
        return text.startsWith(SEPARATOR)
                ? RealmScope.only(Stream.of(text.substring(1).split(SEPARATOR, -1))
                        .map(escaped -> RealmId.stored(Escape.unescape(escaped)))
                        .collect(Collectors.toSet()))
                : RealmScope.ALL;
    }

    /** Empty if another program or a later version wrote it. */
    static Optional<KnownFollower> parse(String field, String value) {
        Matcher id = FIELD.matcher(field);
        Matcher facts = VALUE.matcher(value);
        return id.matches() && facts.matches()
                ? Optional.of(new KnownFollower(
                        new FollowerId(id.group(2), id.group(1)),
                        realms(facts.group(5)),
                        new Stamp(Long.parseLong(facts.group(1))),
                        Optional.of(facts.group(2))
                                .filter(bound -> !bound.equals("-"))
                                .map(millis -> Duration.ofMillis(Long.parseLong(millis))),
                        time(facts.group(3)),
                        time(facts.group(4))))
                : Optional.empty();
    }

    static Instant time(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
