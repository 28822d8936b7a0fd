package io.revoker.audit;

import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditStore.Trimmed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How the trail is kept.
 *
 * @param retention how long entries are kept
 * @param mostBytes of all entries
 * @param interval how long equal acts are counted together
 * @param longestAct an act that has not ended by then has lost its instance
 * @param signer of the ends of chains, given JSON; absent if nothing is signed
 * @param copy gets the lines that were written
 * @param sizes gets what is left of each series when the oldest entries were removed
 */
public record TrailSettings(
        Duration retention,
        long mostBytes,
        Duration interval,
        Duration longestAct,
        Optional<Function<byte[], Future<String>>> signer,
        Consumer<List<String>> copy,
        BiConsumer<Series, Trimmed> sizes) {
    /** Of a quarter of the bytes, what is counted together must make do: it may come without end. */
    private static final long SHARE = 4;

    private static final Duration OFTEN = Duration.ofSeconds(10);

    /** How often the trail is tidied. */
    Duration pause() {
        return interval.compareTo(OFTEN) < 0 ? interval : OFTEN;
    }

    /** Acts that are counted together have not ended before their interval is over. */
    Duration longestCount() {
        return longestAct.plus(interval.multipliedBy(2));
    }

    long mostBytes(Series series) {
        return switch (series) {
            case ACTS -> mostBytes - mostBytes / SHARE;
            case COUNTS -> mostBytes / SHARE;
        };
    }
}
