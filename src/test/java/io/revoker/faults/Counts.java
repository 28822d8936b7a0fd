package io.revoker.faults;

import io.revoker.faults.Event.Revoked;
import java.util.Collection;
import java.util.List;

/**
 * Promise 3: every token is counted as invalidated exactly once, over all revocations. For histories at whose end everything was revoked. What a
 * revocation has counted whose answer is not known may be missing, and one that joins the sweep of the same revocation tells its counts too: so there
 * are bounds, which meet if all answers are known and nothing joins.
 */
record Counts(History history, Collection<Life> lives, Losses losses) {

    List<String> faults() {
        long once = history.revocations()
                .filter(this::joinsNone)
                .mapToLong(Revoked::invalidated)
                .sum();
        long told = history.revocations().mapToLong(Revoked::invalidated).sum();
        return told < least() || once > most()
                ? List.of("promise 3: " + once + " to " + told + " tokens were counted (expected: " + least() + " to "
                        + most() + ")")
                : List.of();
    }

    boolean isExact() {
        return least() == most() && history.revocations().allMatch(this::joinsNone);
    }

    /** Whether no other revocation of the same was under way. */
    private boolean joinsNone(Revoked revocation) {
        return history.revocations()
                .filter(other -> !other.equals(revocation) && other.target().equals(revocation.target()))
                .allMatch(other -> other.span().isBefore(revocation.span())
                        || revocation.span().isBefore(other.span()));
    }

    private long least() {
        return lives.stream().filter(this::mustBeCounted).count();
    }

    private long most() {
        return lives.stream().mapToLong(Life::births).sum()
                + history.revocations()
                        .filter(losses::mayBeRepeated)
                        .mapToLong(Revoked::invalidated)
                        .sum();
    }

    private boolean mustBeCounted(Life life) {
        return life.acknowledged().isPresent()
                && life.token().life().compareTo(History.LONG_LIFE) >= 0
                && history.revocationsOf(life.token())
                        .noneMatch(revocation ->
                                !revocation.isKnown() && Promises.latestEffect(revocation) > life.earliestBirth());
    }
}
