package io.revoker.revocation;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sweeps of one event loop: the places of those that begin and run, which are bounded; those whose end is being
 * written; and of the last ones that ended, which parts of the store they wrote to.
 */
final class SweepPlaces {
    /** After so long without an answer of the store, a sweep gives its place to another sweep that needs one. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int ENDED_SWEEPS = 256;

    /** A sweep that wrote to more parts is not remembered. */
    private static final int MAX_PARTS = 64;

    private final IntSupplier most;
    private final Map<Stamp, RunningSweep> running = new LinkedHashMap<>();
    /** The ledger does not have their counts yet. */
    private final Map<Stamp, RunningSweep> ending = new HashMap<>();

    private final Map<Stamp, Set<String>> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Set<String>> eldest) {
            return size() > ENDED_SWEEPS;
        }
    };

    private int beginning;

    /** @param most sweeps at once; may change */
    SweepPlaces(IntSupplier most) {
        this.most = most;
    }

    boolean hasRoom() {
        return running.size() + beginning < most.getAsInt();
    }

    /** Holds a place until the sweep has been found or entered. */
    <T> Future<T> hold(Supplier<Future<T>> beginning) {
        this.beginning++;
        return beginning.get().onComplete(begun -> this.beginning--);
    }

    void run(RunningSweep one) {
        running.put(one.stamp(), one);
    }

    boolean runs(Stamp sweep) {
        return running.containsKey(sweep);
    }

    List<RunningSweep> running() {
        return List.copyOf(running.values());
    }

    /** The running sweeps that the store does not answer. */
    Stream<RunningSweep> idle() {
        return running().stream()
                .filter(one -> !one.isPostponed() && one.sweep().standsStill(PATIENCE));
    }

    /** A sweep that runs here, or whose end is being written. */
    Optional<RunningSweep> find(Stamp sweep) {
        return Optional.ofNullable(running.get(sweep)).or(() -> Optional.ofNullable(ending.get(sweep)));
    }

    /** Gives up the place of a sweep; false if it had none. */
    boolean leave(RunningSweep one) {
        return running.remove(one.stamp(), one);
    }

    /** All sweeps leave their places. */
    List<RunningSweep> leaveAll() {
        List<RunningSweep> left = running();
        running.clear();
        return left;
    }

    /** The sweep is over, and its end is being written. */
    void ending(RunningSweep one) {
        ending.put(one.stamp(), one);
        Set<String> parts = one.sweep().counts().written();
        if (parts.size() <= MAX_PARTS) {
            written.put(one.stamp(), parts);
        }
    }

    void ended(RunningSweep one) {
        ending.remove(one.stamp(), one);
    }

    /** The parts of the store that were written to for a report; empty if one of its sweeps is not known here. */
    Optional<Set<String>> writtenFor(Report report) {
        Set<String> all = new HashSet<>();
        boolean known = Stream.concat(Stream.of(report.stamp()), report.joined().stream())
                .allMatch(sweep -> addTo(all, sweep));
        return report.outcome() == Report.Outcome.BEGUN
                ? Optional.of(Set.of())
                : Optional.of(all).filter(parts -> known);
    }

    private boolean addTo(Set<String> all, Stamp sweep) {
        return Optional.ofNullable(written.get(sweep)).map(all::addAll).isPresent();
    }
}
