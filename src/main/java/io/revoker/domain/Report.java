package io.revoker.domain;

import java.util.List;

/**
 * The answer to a revocation.
 *
 * @param found whether the target exists; false only for a single token that nobody registered, or that has expired
 * @param stamp of the revocation; {@link Stamp#NONE} if nothing was found
 * @param durability what the acknowledgement survives
 * @param errors one line for each part that could not be invalidated; names no token
 */
public record Report(boolean found, Stamp stamp, Tally tally, Durability durability, List<String> errors) {
    public static final Report NOT_FOUND = new Report(false, Stamp.NONE, Tally.NONE, Durability.NOTHING, List.of());

    public Report {
        errors = List.copyOf(errors);
    }

    /** What was done, not yet made sure of. */
    public static Report of(Stamp stamp, Tally tally, List<String> errors) {
        return new Report(true, stamp, tally, Durability.NOTHING, errors);
    }

    /** The same report, made sure of. */
    public Report confirmed(Durability reached) {
        return new Report(found, stamp, tally, reached, errors);
    }
}
