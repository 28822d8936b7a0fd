package io.revoker.domain.followers;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be asked of the followers. */
public final class FollowerRequests {
    /** All requests and replies. */
    public static final List<Class<?>> MESSAGES = List.of(
            Confirm.class,
            Confirmed.class,
            Remove.class,
            Removed.class,
            Find.class,
            Found.class,
            AwaitReceipt.class,
            Receipt.class);

    private FollowerRequests() {}

    /**
     * A follower tells that it has applied every revocation up to a stamp; the reply is {@link Confirmed}.
     *
     * @param realms of which it may know what is revoked
     * @param bound it never decides by knowledge that is older; absent if it promises nothing
     */
    public record Confirm(FollowerId follower, RealmScope realms, Stamp confirmed, Optional<Duration> bound) {}

    /**
     * The reply to a confirmation.
     *
     * @param confirmed the newest stamp that the follower has confirmed
     * @param until when the follower is forgotten unless it confirms again
     */
    public record Confirmed(Outcome outcome, Stamp confirmed, Instant until) {}

    /** What became of a confirmation. */
    public enum Outcome {
        /** The follower was not known before. */
        ADDED,
        CONFIRMED,
        /** There is no such revocation yet; nothing was changed. */
        TOO_NEW,
        /** There are too many followers; nothing was changed. */
        TOO_MANY
    }

    /** Requests that a follower be forgotten; the reply is {@link Removed}. */
    public record Remove(FollowerId follower) {}

    /** The reply to that. */
    public record Removed(boolean wasKnown) {}

    /**
     * Requests the followers; the reply is {@link Found}.
     *
     * @param caller whose; absent for everybody's
     */
    public record Find(Optional<String> caller) {}

    /**
     * The reply with followers, in the order of their names.
     *
     * @param newest stamp of the log
     * @param time of the store
     */
    public record Found(Stamp newest, Instant time, List<KnownFollower> followers) {
        public Found {
            followers = List.copyOf(followers);
        }
    }
}
