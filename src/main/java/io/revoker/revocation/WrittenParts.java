package io.revoker.revocation;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which parts of the store the last sweeps have written to that ended on this event loop; of those that wrote to many it knows nothing. */
final class WrittenParts {
    private static final int SWEEPS = 256;
    private static final int PARTS = 64;

    private final Map<Stamp, Set<String>> bySweep = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Set<String>> eldest) {
            return size() > SWEEPS;
        }
    };

    void ended(Sweep sweep) {
        Set<String> written = sweep.written();
        if (written.size() <= PARTS) {
            bySweep.put(sweep.stamp(), written);
        }
    }

    /** All that was written to for a report; empty if that is not known here, because a sweep has run elsewhere. */
    Optional<Set<String>> of(Report report) {
        Set<String> all = new HashSet<>();
        boolean known = Stream.concat(Stream.of(report.stamp()), report.joined().stream())
                .allMatch(sweep -> addTo(all, sweep));
        return report.outcome() == Report.Outcome.BEGUN
                ? Optional.of(Set.of())
                : Optional.of(all).filter(parts -> known);
    }

    private boolean addTo(Set<String> all, Stamp sweep) {
        return Optional.ofNullable(bySweep.get(sweep)).map(all::addAll).isPresent();
    }
}
