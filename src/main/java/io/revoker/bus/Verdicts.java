package io.revoker.bus;

import io.revoker.domain.Problem;
import io.revoker.domain.Verdict;
import java.util.List;
import java.util.function.Function;

/**
 * The reply to {@link CheckAll}.
 *
 * @param outcomes one for each check, in the order of the checks
 */
public record Verdicts(List<CheckOutcome> outcomes) {
    public Verdicts {
        outcomes = List.copyOf(outcomes);
    }

    /** The outcome of one check of several: the failure of one does not affect the others. */
    public sealed interface CheckOutcome {

        /** The check was answered. */
        record Decided(Verdict verdict) implements CheckOutcome {}

        /** It could not be determined whether the token is active. */
        record Undecided(Problem problem) implements CheckOutcome {}

        /** Calls the function for this kind of outcome; the compiler demands one for each kind. */
        default <T> T match(Function<Decided, T> decided, Function<Undecided, T> undecided) {
            return this instanceof Decided known ? decided.apply(known) : undecided.apply((Undecided) this);
        }
    }
}
