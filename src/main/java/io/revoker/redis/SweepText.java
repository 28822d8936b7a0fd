package io.revoker.redis;

import io.revoker.domain.Stamp;
import io.revoker.domain.SweepStatus;
import io.revoker.domain.SweepStatus.Progress;
import io.revoker.domain.Tally;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A sweep as the ledger spells it, with blanks between: its state, its target, when it was updated (ms), then holders seen, holders in all, tokens
 * invalidated, previously invalidated, errors. A target has no blanks. The log's script writes the first three of a new one.
 */
final class SweepText {
    private SweepText() {}

    static String of(SweepStatus status) {
        Progress progress = status.progress();
        return String.join(
                " ",
                Stream.of(
                                status.state(),
                                TargetText.of(status.target()),
                                status.updated().toEpochMilli(),
                                progress.holders(),
                                progress.all(),
                                progress.tally().invalidated(),
                                progress.tally().previouslyInvalidated(),
                                progress.errors())
                        .map(Object::toString)
                        .toList());
    }

    static SweepStatus parse(Stamp sweep, String text) {
        String[] parts = text.split(" ", -1);
        SweepStatus begun = SweepStatus.begun(sweep, TargetText.parse(parts[1]));
        return begun.at(
                SweepStatus.State.valueOf(parts[0]),
                parts.length > 3 ? progress(parts) : Progress.NONE,
                Instant.ofEpochMilli(Long.parseLong(parts[2])));
    }

    private static Progress progress(String[] parts) {
        return new Progress(
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                new Tally(Long.parseLong(parts[5]), Long.parseLong(parts[6])),
                Long.parseLong(parts[7]));
    }
}
