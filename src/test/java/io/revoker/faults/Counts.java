package io.revoker.faults;

import io.revoker.faults.Event.Revoked;
import java.util.Collection;
import java.util.List;

/**
 * Promise 3: every token is counted as invalidated exactly once, over all revocations. For histories at whose end everything was revoked. What a
 * revocation has counted whose answer is not known may be missing, so there are two bounds; they meet if all answers are known.
 */
record Counts(History history, Collection<Life> lives, Losses losses) {

    List<String> faults() {
        long counted = history.revocations().mapToLong(Revoked::invalidated).sum();
        return counted < least() || counted > most()
                ? List.of(
                        "promise 3: " + counted + " tokens were counted (expected: " + least() + " to " + most() + ")")
                : List.of();
    }

    boolean isExact() {
        return least() == most();
    }

    private long least() {
        return lives.stream().filter(this::mustBeCounted).count();
    }

    private long most() {
        return lives.size();
    }

    private boolean mustBeCounted(Life life) {
        return life.acknowledged().isPresent()
                && !losses.mayForget(life)
                && life.token().life().compareTo(History.LONG_LIFE) >= 0
                && history.revocationsOf(life.token())
                        .noneMatch(revocation ->
                                !revocation.isKnown() && Promises.latestEffect(revocation) > life.earliestBirth());
    }
}
