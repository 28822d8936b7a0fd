package io.revoker.domain.followers;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A follower, as of its last confirmation. All times are those of the store.
 *
 * @param realms of which it may know what is revoked
 * @param confirmed the follower has applied every revocation up to this
 * @param bound the follower never decides by knowledge that is older; absent if it promises nothing
 * @param heard when it has confirmed last
 * @param reached when it has confirmed {@code confirmed} for the first time
 */
public record KnownFollower(
        FollowerId id, RealmScope realms, Stamp confirmed, Optional<Duration> bound, Instant heard, Instant reached) {
    /** A follower confirms at least once a second. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    /** What is known of a revocation at a follower. */
    public enum State {
        /** The follower refuses what was revoked, or decides nothing by what it knew before. */
        CLOSED,
        /** The follower confirms, but has not come so far. */
        PARTIAL,
        /** The follower has not been heard of. */
        UNKNOWN
    }

    /** Whether the follower has confirmed that it has applied a revocation. */
    public boolean hasConfirmed(Stamp stamp) {
        return !stamp.isAfter(confirmed);
    }

    /**
     * What is known of a revocation at this follower.
     *
     * @param now by the store
     */
    public State state(Stamp stamp, Instant now) {
        if (hasConfirmed(stamp) || hasRunOut(stamp, now)) {
            return State.CLOSED;
        }
        boolean confirms = heard.isAfter(stamp.instant()) && !now.isAfter(heard.plus(SILENCE));
        return confirms ? State.PARTIAL : State.UNKNOWN;
    }

    /**
     * Whether all that the follower may still decide by has become too old. What it knows may be newer than its last
     * confirmation, if that one did not arrive; but it is older than a revocation that is not part of it. So the bound
     * is counted from the later one of both.
     */
    private boolean hasRunOut(Stamp stamp, Instant now) {
        Instant begin = heard.isAfter(stamp.instant()) ? heard : stamp.instant();
        return bound.map(longest -> now.isAfter(begin.plus(longest))).orElse(false);
    }
}
