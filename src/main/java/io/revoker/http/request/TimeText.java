package io.revoker.http.request;

import io.revoker.domain.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as clients write it, such as 500ms, 10s or 5m. */
public final class TimeText {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final Duration LONGEST = Duration.ofHours(24);

    private TimeText() {}

    /** Anything else, and what is longer than a day, is a {@link Problem}. */
    public static Duration read(String name, String text) {
        return parse(text)
                .filter(time -> time.compareTo(LONGEST) <= 0)
                .orElseThrow(() ->
                        Problem.invalid(name + ": not a time (expected: such as 500ms, 10s or 5m, up to 24 hours)"));
    }

    private static Optional<Duration> parse(String text) {
        Matcher time = TIME.matcher(text);
        return time.matches() ? Optional.of(of(Long.parseLong(time.group(1)), time.group(2))) : Optional.empty();
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
