package io.revoker.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a revocation.
 *
 * @param stamp of the revocation; {@link Stamp#NONE} if nothing was found
 * @param durability what the acknowledgement survives
 * @param errorCount parts that could not be invalidated
 * @param errors a line for each of the first of them; contains no token
 * @param ofNobody whether the target is known to have no tokens, neither live nor invalidated ones
 * @param joined other sweeps whose counts are included: they were running, or had just ended with counts that no
 * caller had received, when this revocation came
 * @param holder of the single token that was found; empty for other targets, and if it is not known
 */
public record Report(
        Outcome outcome,
        Stamp stamp,
        Tally tally,
        Durability durability,
        long errorCount,
        List<String> errors,
        List<Stamp> joined,
        boolean ofNobody,
        Optional<UserInRealm> holder) {
    private static final int MAX_ERRORS = 100;

    public static final Report NOT_FOUND = new Report(
            Outcome.NOT_FOUND,
            Stamp.NONE,
            Tally.NONE,
            Durability.NOTHING,
            0,
            List.of(),
            List.of(),
            false,
            Optional.empty());

    public enum Outcome {
        /** Everything is invalidated and counted. */
        COUNTED,
        /** The mark stands, so everything is dead; the sweep that counts is running. */
        BEGUN,
        /**
         * The sweeps that it joined are counted. Its own is running, and counts what was registered since they began.
         */
        JOINED,
        /** A single token that was never registered, or that has expired. */
        NOT_FOUND
    }

    public Report {
        errors = List.copyOf(errors);
        joined = List.copyOf(joined);
    }

    /** A result that is not confirmed yet. */
    public static Report of(Stamp stamp, Tally tally, List<String> errors) {
        return of(stamp, tally, errors.size(), errors);
    }

    /** The same, with more errors than lines. */
    public static Report of(Stamp stamp, Tally tally, long errorCount, List<String> errors) {
        return new Report(
                Outcome.COUNTED,
                stamp,
                tally,
                Durability.NOTHING,
                errorCount,
                errors,
                List.of(),
                false,
                Optional.empty());
    }

    /** A sweep that has begun, not confirmed yet. */
    public static Report begun(Stamp stamp) {
        return begun(Outcome.BEGUN, stamp);
    }

    /** The same for a revocation that has joined others. */
    public static Report joined(Stamp stamp) {
        return begun(Outcome.JOINED, stamp);
    }

    private static Report begun(Outcome outcome, Stamp stamp) {
        return new Report(
                outcome, stamp, Tally.NONE, Durability.NOTHING, 0, List.of(), List.of(), false, Optional.empty());
    }

    /** The same report, with the counts of another sweep added. */
    public Report joining(Report other) {
        return new Report(
                outcome,
                stamp,
                tally.plus(other.tally),
                durability,
                errorCount + other.errorCount,
                Stream.concat(errors.stream(), other.errors.stream())
                        .limit(MAX_ERRORS)
                        .toList(),
                Stream.concat(joined.stream(), Stream.of(other.stamp)).toList(),
                ofNobody,
                holder);
    }

    /** The report of a sweep that another sweep counted. */
    public static Report countedBy(Stamp stamp, Report other) {
        return new Report(
                        Outcome.COUNTED,
                        stamp,
                        Tally.NONE,
                        Durability.NOTHING,
                        0,
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty())
                .joining(other);
    }

    /** The same report, with the durability that was confirmed. */
    public Report confirmed(Durability reached) {
        return new Report(outcome, stamp, tally, reached, errorCount, errors, joined, ofNobody, holder);
    }

    /**
     * The same report, of a target that had no tokens when the store was asked. If it has counts, a token was
     * registered a moment later, and the flag is not set.
     */
    public Report foundNobody() {
        return new Report(
                outcome, stamp, tally, durability, errorCount, errors, joined, tally.equals(Tally.NONE), holder);
    }

    /** The same report, of a token of that holder. */
    public Report of(UserInRealm whose) {
        return new Report(outcome, stamp, tally, durability, errorCount, errors, joined, ofNobody, Optional.of(whose));
    }
}
