package io.revoker.domain.streams;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The streams, and what of each was delivered. Events themselves are in the log. Every method may be repeated, and
 * fails with a {@link Problem}.
 */
public interface StreamStore {
    /** There are never more streams. */
    int MOST = 200;

    int MOST_OF_CALLER = 10;

    /** Notices that wait in one stream. */
    int MOST_NOTICES = 20;

    /** Adds a stream, and says whether there was room. */
    Future<Boolean> add(EventStream stream, Position begin);

    Future<List<String>> ids();

    Future<Optional<Stored>> find(String id);

    /**
     * Whether events behind a position may have been removed from the log, because it is too old. Never if nothing was
     * left to deliver within the retention of the log.
     */
    Future<Boolean> mayLack(Position position);

    /** Replaces the settings, and says whether there is such a stream. */
    Future<Boolean> change(String id, Settings settings);

    /**
     * Replaces where the events of a stream are pushed to, unless that was changed since it was read.
     *
     * @return whether it did
     */
    Future<Boolean> replace(String id, Endpoint read, Endpoint next);

    /** Replaces the condition, and says whether there is such a stream. */
    Future<Boolean> change(String id, Condition condition);

    /** Removes a stream, and says whether there was one. */
    Future<Boolean> remove(String id);

    /**
     * Notes that the caller of a stream is known.
     *
     * @return when that is done
     */
    Future<Void> keep(String id);

    /**
     * Removes a stream whose caller was not known to any instance for some time. One of which nothing was noted counts
     * as known now.
     *
     * @return whether it did
     */
    Future<Boolean> abandon(String id, Duration unknown);

    /**
     * Adds a notice.
     *
     * @param interval the shortest time since the last one
     */
    Future<Noted> note(String id, Notice notice, Duration interval);

    /** Writes what was delivered. Of two positions the later one stays. */
    Future<Void> settle(String id, Settled settled);

    /**
     * Pauses a stream and adds a notice of that in one step, unless it was paused or went on since it was read.
     *
     * @return whether it did
     */
    Future<Boolean> pause(Stored read, Condition paused, Notice notice);

    /**
     * Notes up to where the log has lost entries, and adds a notice of that in one step, unless such a place was noted
     * since the stream was read.
     *
     * @return whether it did
     */
    Future<Boolean> passGap(Stored read, Stamp upTo, Notice notice);

    /**
     * Enables a paused stream, and adds a notice of that in one step.
     *
     * @param reached nothing that it had to deliver counts as lost at this time
     * @return whether it was paused
     */
    Future<Boolean> resume(String id, Condition enabled, Instant reached, Optional<Notice> notice);

    /**
     * Gives the work on a stream to one instance.
     *
     * @param time for how long; zero to end it
     * @return whether no other has it
     */
    Future<Boolean> lease(String id, String owner, Duration time);

    /** What became of a notice. */
    enum Noted {
        ADDED,
        UNKNOWN_STREAM,
        TOO_SOON,
        TOO_MANY
    }

    /**
     * How far the receiver is.
     *
     * @param done every event up to this one was delivered
     * @param reached when it was last known that nothing was left to deliver
     * @param gap up to where the receiver knows that the log has lost entries; is not settled with the others
     */
    record Position(Stamp done, Instant reached, Stamp gap) {
        /** Of a log that has lost nothing. */
        public Position(Stamp done, Instant reached) {
            this(done, reached, Stamp.NONE);
        }
    }

    /**
     * A stream as it is stored.
     *
     * @param ahead events behind the position that were delivered
     * @param notices that wait, by their ids
     */
    record Stored(EventStream stream, Position position, Set<Stamp> ahead, List<Notice> notices) {
        public Stored {
            ahead = Set.copyOf(ahead);
            notices = List.copyOf(notices);
        }
    }

    /**
     * What has been delivered.
     *
     * @param ahead events behind the position
     * @param notices ids of those that need not be kept
     */
    record Settled(Position position, Set<Stamp> ahead, Set<String> notices) {
        public Settled {
            ahead = Set.copyOf(ahead);
            notices = Set.copyOf(notices);
        }
    }
}
