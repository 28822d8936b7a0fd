package io.revoker.cli.acts;

import io.revoker.cli.terminal.CommandFailure;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class Length {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private Length() {}

    /** Empty if it is none. */
    public static Optional<Duration> of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.ofNullable(UNITS.get(parts.group(2)))
                        .map(unit -> Duration.of(Long.parseLong(parts.group(1)), unit))
                : Optional.empty();
    }

    /** @param option in the message if it is none */
    static Duration of(String option, String text) {
        return of(text).orElseThrow(() ->
                CommandFailure.usage(option + ": malformed (expected: a length such as 90s, 30m, 8h or 7d)"));
    }
}
