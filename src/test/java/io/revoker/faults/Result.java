package io.revoker.faults;

import io.revoker.faults.Timeline.Over;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What came of an experiment.
 *
 * @param isExact whether the counts were held against one number, and not against two bounds
 */
record Result(Schedule schedule, History history, List<Over> faults, List<String> violations, boolean isExact) {

    private static final int TOLD = 3;

    /** When an instance had served one call of each sort that began after an instant. */
    static Optional<Long> firstServed(History history, int instance, long since) {
        List<OptionalLong> firsts = Stream.of(history.registrations(), history.revocations(), history.checks())
                .map(events -> events.filter(event -> event.instance() == instance
                                && event.isServed()
                                && event.span().begin() > since)
                        .mapToLong(event -> event.span().end())
                        .min())
                .toList();
        return firsts.stream().allMatch(OptionalLong::isPresent)
                ? firsts.stream().map(OptionalLong::getAsLong).max(Long::compare)
                : Optional.empty();
    }

    /** The time until both instances served again; empty if the next fault came first. */
    Optional<Long> recovery(Over fault) {
        long served = IntStream.range(0, Site.INSTANCES)
                .mapToObj(instance -> firstServed(history, instance, fault.ended()))
                .mapToLong(first -> first.orElse(Long.MAX_VALUE))
                .max()
                .orElseThrow();
        boolean disturbed = faults.stream()
                .anyMatch(other -> !other.equals(fault) && other.begun() < served && other.ended() > fault.ended());
        return disturbed ? Optional.empty() : Optional.of(served - fault.ended());
    }

    /** With the schedule, so that it can be played again. */
    List<String> firstViolations() {
        return violations.stream()
                .limit(TOLD)
                .map(violation -> violation + "\n" + schedule)
                .toList();
    }

    long operations() {
        return history.events().count();
    }

    long served() {
        return history.events().filter(Event::isServed).count();
    }
}
