package io.revoker.cli.acts;

import io.revoker.cli.terminal.CommandFailure;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When a lock ends. */
final class LockEnd {
    @Option(names = "--until", paramLabel = "TIME", description = "its end, such as 2030-01-31T12:00:00Z")
    private Optional<String> until = Optional.empty();

    @Option(names = "--for", paramLabel = "LENGTH", description = "its length: 30m, 8h or 7d, of up to 366 days")
    private Optional<String> length = Optional.empty();

    String time(InstantSource now) {
        if (until.isPresent() == length.isPresent()) {
            throw CommandFailure.usage("lock: no end (expected: --until=TIME or --for=LENGTH)");
        }
        return until.orElseGet(() -> now.instant()
                .plus(Length.of("for", length.orElseThrow()))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString());
    }
}
