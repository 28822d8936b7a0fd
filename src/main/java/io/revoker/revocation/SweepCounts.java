package io.revoker.revocation;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.TokenStore.Swept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one sweep has counted so far.
 *
 * <p>Each part of the store keeps its own total of the sweep, which only grows and counts a token once, however often a
 * batch is repeated. So the newest total of each part is the count, whatever answers were lost.
 */
final class SweepCounts {
    private static final int MAX_ERRORS = 100;

    private final Map<String, Tally> totals = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Tally before = Tally.NONE;
    private long holders;
    private long all;
    private long failed;

    /** Starts with what another instance had counted; the totals of the store may have expired since. */
    void resume(Tally counted) {
        before = counted;
    }

    /** Forgets what the new scan counts again. The totals stay. */
    void restart() {
        errors.clear();
        holders = 0;
        failed = 0;
    }

    boolean hasSize() {
        return all > 0;
    }

    /** How many holders there are, about. */
    void size(long size) {
        all = size;
    }

    /** Takes the newest totals of some parts. */
    void take(Map<String, Tally> newest) {
        newest.forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
    }

    /** Takes the answer to a batch of so many holders. */
    void take(int batch, Swept swept) {
        take(swept.totals());
        holders += batch - swept.rest().size();
        failed += swept.errors().size();
        swept.errors().stream().limit(MAX_ERRORS - errors.size()).forEach(errors::add);
    }

    Tally tally() {
        return totals.values().stream().reduce(Tally.NONE, Tally::plus).larger(before);
    }

    Progress progress() {
        return new Progress(holders, all, tally(), failed);
    }

    Report report(Stamp sweep) {
        return Report.of(sweep, tally(), failed, errors);
    }

    /** The parts of the store that have counted something. */
    Set<String> parts() {
        return totals.entrySet().stream()
                .filter(total -> !total.getValue().equals(Tally.NONE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The parts of the store that the sweep has written to. */
    Set<String> written() {
        return Set.copyOf(totals.keySet());
    }
}
