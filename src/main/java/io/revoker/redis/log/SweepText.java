package io.revoker.redis.log;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a sweep in the ledger, words separated by blanks: its state, its target, when it was updated (ms), then
 * holders processed, holders in all, tokens invalidated, previously invalidated, errors, when it began (microseconds),
 * its {@linkplain OriginText caller and reason}, and the sweep that counts for it; {@code -} where there is none. No
 * word contains blanks. The log's script writes the text of a new sweep. Earlier versions wrote fewer words.
 */
final class SweepText {
    private static final String NONE = OriginText.NONE;
    private static final int PROGRESS = 3;
    private static final int BEGAN = 8;
    private static final int CALLER = 9;
    private static final int BY = 10;

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
                                progress.errors(),
                                ChronoUnit.MICROS.between(Instant.EPOCH, status.started()),
                                new OriginText(status.caller(), status.reason()).word(),
                                status.by().map(Stamp::toString).orElse(NONE))
                        .map(Object::toString)
                        .toList());
    }

    static SweepStatus parse(Stamp sweep, String text) {
        String[] words = text.split(" ", -1);
        OriginText origin = OriginText.parse(words.length > CALLER ? words[CALLER] : NONE);
        Target target = TargetText.parse(words[1]);
        return new SweepStatus(
                sweep,
                target,
                State.valueOf(words[0]),
                words.length > PROGRESS ? progress(words) : Progress.NONE,
                words.length > BEGAN ? EnteredText.instant(words[BEGAN]) : sweep.instant(),
                Instant.ofEpochMilli(Long.parseLong(words[2])),
                origin.caller(),
                word(words, BY).map(by -> new Stamp(Long.parseLong(by))),
                origin.reason());
    }

    private static Optional<String> word(String[] words, int place) {
        return words.length > place && !words[place].equals(NONE) ? Optional.of(words[place]) : Optional.empty();
    }

    private static Progress progress(String[] words) {
        return new Progress(
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                new Tally(Long.parseLong(words[5]), Long.parseLong(words[6])),
                Long.parseLong(words[7]));
    }
}
