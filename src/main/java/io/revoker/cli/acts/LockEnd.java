package io.revoker.cli.acts;

import io.revoker.cli.terminal.CommandFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** When a lock ends. */
final class LockEnd {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([mhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    @Option(names = "--until", paramLabel = "TIME", description = "its end, such as 2030-01-31T12:00:00Z")
    private Optional<String> until = Optional.empty();

    @Option(names = "--for", paramLabel = "LENGTH", description = "its length: 30m, 8h or 7d, of up to 366 days")
    private Optional<String> length = Optional.empty();

    String time(InstantSource now) {
        if (until.isPresent() == length.isPresent()) {
            throw CommandFailure.usage("lock: no end (expected: --until=TIME or --for=LENGTH)");
        }
        return until.orElseGet(() -> now.instant()
                .plus(duration(length.orElseThrow()))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString());
    }

    private static Duration duration(String text) {
        Matcher parts = LENGTH.matcher(text);
        if (!parts.matches()) {
            throw CommandFailure.usage("for: malformed (expected: a length such as 30m, 8h or 7d)");
        }
        return Duration.of(
                Long.parseLong(parts.group(1)),
                Optional.ofNullable(UNITS.get(parts.group(2))).orElseThrow());
    }
}
