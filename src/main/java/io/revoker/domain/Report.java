package io.revoker.domain;

import java.util.List;

/**
 * The answer to a revocation.
 *
 * @param stamp of the revocation; {@link Stamp#NONE} if nothing was found
 * @param durability what the acknowledgement survives
 * @param errorCount parts that could not be invalidated
 * @param errors a line for each of the first of them; names no token
 */
public record Report(
        Outcome outcome, Stamp stamp, Tally tally, Durability durability, long errorCount, List<String> errors) {
    public static final Report NOT_FOUND =
            new Report(Outcome.NOT_FOUND, Stamp.NONE, Tally.NONE, Durability.NOTHING, 0, List.of());

    public enum Outcome {
        /** Everything is invalidated and counted. */
        COUNTED,
        /** The mark stands, so everything is dead; the sweep that counts is under way. */
        BEGUN,
        /** A single token that nobody registered, or that has expired. */
        NOT_FOUND
    }

    public Report {
        errors = List.copyOf(errors);
    }

    /** What was done, not yet made sure of. */
    public static Report of(Stamp stamp, Tally tally, List<String> errors) {
        return of(stamp, tally, errors.size(), errors);
    }

    /** The same, with more errors than lines. */
    public static Report of(Stamp stamp, Tally tally, long errorCount, List<String> errors) {
        return new Report(Outcome.COUNTED, stamp, tally, Durability.NOTHING, errorCount, errors);
    }

    /** What was begun, not yet made sure of. */
    public static Report begun(Stamp stamp) {
        return new Report(Outcome.BEGUN, stamp, Tally.NONE, Durability.NOTHING, 0, List.of());
    }

    /** The same report, made sure of. */
    public Report confirmed(Durability reached) {
        return new Report(outcome, stamp, tally, reached, errorCount, errors);
    }
}
