package io.revoker.bus;

import io.revoker.domain.Problem;
import io.revoker.domain.Verdict;
import java.util.function.Function;

/** What came of one check among several: none of them fails with another. */
public sealed interface CheckOutcome {

    /** The check was answered. */
    record Decided(Verdict verdict) implements CheckOutcome {}

    /** It can't be told whether the token is active. */
    record Undecided(Problem problem) implements CheckOutcome {}

    /** Calls the function that fits; the compiler demands one for each kind. */
    default <T> T match(Function<Decided, T> decided, Function<Undecided, T> undecided) {
        return this instanceof Decided known ? decided.apply(known) : undecided.apply((Undecided) this);
    }
}
