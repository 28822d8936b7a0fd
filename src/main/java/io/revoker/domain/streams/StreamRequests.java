package io.revoker.domain.streams;

import io.revoker.domain.RealmScope;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be asked of the streams. */
public final class StreamRequests {
    /** All requests and replies. */
    public static final List<Class<?>> MESSAGES = List.of(
            Create.class,
            Find.class,
            Change.class,
            Replace.class,
            Remove.class,
            Note.class,
            Read.class,
            Lease.class,
            Attend.class,
            Found.class,
            Replaced.class,
            Noted.class,
            Leased.class,
            Attended.class,
            Batch.class);

    private StreamRequests() {}

    /** Requests a new stream; the reply is {@link Found}, without it if there are too many. */
    public record Create(EventStream stream) {}

    /**
     * Requests streams; the reply is {@link Found}.
     *
     * @param caller whose; absent for everybody's
     * @param id absent for all
     */
    public record Find(Optional<String> caller, Optional<String> id) {}

    /** Requests a change; the reply is {@link Found}, with the changed stream if there is one. */
    public record Change(String caller, String id, Optional<Settings> settings, Optional<Condition> condition) {}

    /**
     * Requests another endpoint of a stream; the reply is {@link Replaced}.
     *
     * @param read it must still have this one
     */
    public record Replace(String id, Endpoint read, Endpoint next) {}

    /** Requests that a stream be removed; the reply is {@link Found}, with the stream if there was one. */
    public record Remove(String caller, String id) {}

    /**
     * Requests a notice; the reply is {@link Noted}.
     *
     * @param caller whose stream it must be; absent for anybody's
     * @param interval the shortest time since the last one
     */
    public record Note(Optional<String> caller, String id, Notice notice, Duration interval) {}

    /**
     * Requests the next events of a stream, after some have been delivered; the reply is {@link Batch}.
     *
     * @param caller whose stream it must be
     * @param scope of which realms the caller may know
     * @param most how many events; may be 0
     * @param settled ids of events that need not be delivered any more
     */
    public record Read(String caller, String id, RealmScope scope, int most, Set<String> settled) {
        public Read {
            settled = Set.copyOf(settled);
        }
    }

    /** Requests, for one instance, the work on a stream; the reply is {@link Leased}. */
    public record Lease(String id, String owner, Duration time) {}

    /**
     * Says whether the caller of a stream is known; the reply is {@link Attended}.
     *
     * @param unknown after which time the stream is removed; absent if the caller is known
     */
    public record Attend(String id, Optional<Duration> unknown) {}

    /** The reply with streams. */
    public record Found(List<EventStream> streams) {
        public Found {
            streams = List.copyOf(streams);
        }
    }

    /** The reply about an endpoint: whether it was replaced. */
    public record Replaced(boolean done) {}

    /** The reply about a notice. */
    public record Noted(StreamStore.Noted outcome) {}

    /** The reply about the work on a stream: whether the instance that has asked has it. */
    public record Leased(boolean granted) {}

    /** The reply about the caller of a stream: whether the stream was removed. */
    public record Attended(boolean removed) {}

    /**
     * The reply with events.
     *
     * @param stream absent if there is none
     * @param more whether there are others
     */
    public record Batch(Optional<EventStream> stream, List<StreamEvent> events, boolean more) {
        /** There is no such stream. */
        public static final Batch UNKNOWN = new Batch(Optional.empty(), List.of(), false);

        public Batch {
            events = List.copyOf(events);
        }
    }
}
