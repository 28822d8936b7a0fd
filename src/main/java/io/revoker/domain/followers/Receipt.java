package io.revoker.domain.followers;

import io.revoker.domain.Stamp;
import io.revoker.domain.followers.KnownFollower.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a revocation at the followers that it concerns.
 *
 * @param asOf when they were looked at, by the store; absent if they could not be
 * @param followers those that are not closed first; among those the ones with the longest lag
 */
public record Receipt(Stamp stamp, Optional<Instant> asOf, List<Standing> followers) {
    public Receipt {
        followers = List.copyOf(followers);
    }

    /** Nothing is known. */
    public static Receipt unknown(Stamp stamp) {
        return new Receipt(stamp, Optional.empty(), List.of());
    }

    /**
     * Of one follower.
     *
     * @param confirmed whether it is closed because it has confirmed
     * @param lag from the revocation to the confirmation, or until now
     */
    public record Standing(FollowerId id, State state, boolean confirmed, Duration lag) {}

    /** That of all together. */
    public State state() {
        if (asOf.isEmpty() || has(State.UNKNOWN)) {
            return State.UNKNOWN;
        }
        return has(State.PARTIAL) ? State.PARTIAL : State.CLOSED;
    }

    private boolean has(State state) {
        return followers.stream().anyMatch(one -> one.state() == state);
    }

    /** How many have confirmed. */
    public long confirmed() {
        return followers.stream().filter(Standing::confirmed).count();
    }

    /** The longest lag; zero without followers. */
    public Duration lag() {
        return followers.stream().map(Standing::lag).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }
}
