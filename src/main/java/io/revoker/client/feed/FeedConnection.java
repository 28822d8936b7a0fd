package io.revoker.client.feed;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One stream of the feed, from one instance. */
public final class FeedConnection implements Incoming.Receiver {
    /** Its id. */
    private static final long OF_AN_EMPTY_LOG = 1;

    private static final String PATH = "/v1/revocations/stream?timeout=";

    private final Events events;
    private final HeartbeatKeys keys;
    private final EventReader reader = new EventReader();
    private final long askedAt = System.nanoTime();
    private final Incoming incoming;
    private Optional<ServerClock> clock = Optional.empty();
    private long heard = askedAt;
    private boolean settled;

    /** What is done with it. All on the thread of the view. */
    public interface Events {
        /**
         * The answer begins.
         *
         * @param seen the realms whose events come
         */
        void begun(SeenRealms seen);

        /** An event, or an id without one. */
        void event(FeedEvent event) throws IOException;

        /** Some events have come together. */
        void batch();

        /** Everything before it has come. */
        void heartbeat(Heartbeat beat) throws IOException;

        /** The last call. */
        void ended(Optional<Throwable> failure);
    }

    /**
     * A heartbeat.
     *
     * @param id empty if newer events have come already
     * @param stamp up to which the instance had read the log
     * @param asOf everything that was revoked before has come: the earliest that it was, by {@link System#nanoTime()}
     * @param time at the service, in microseconds
     */
    public record Heartbeat(Optional<Long> id, long stamp, long asOf, long time) {}

    /**
     * How it is followed.
     *
     * @param lifetime after which the service ends the stream, about
     * @param keys that heartbeats have to be signed by
     */
    public record Terms(Duration lifetime, HeartbeatKeys keys) {}

    private FeedConnection(Incoming.Source source, Events events, Terms terms, Optional<Long> last) {
        this.events = events;
        this.keys = terms.keys();
        this.settled = last.isEmpty();
        long longest = terms.lifetime().toMillis();
        String path = PATH + ThreadLocalRandom.current().nextLong(longest * 4 / 5, longest + 1) + "ms";
        this.incoming = last.isPresent()
                ? Incoming.of(
                        source,
                        this,
                        path,
                        "Accept",
                        "text/event-stream",
                        "Last-Event-ID",
                        last.get().toString())
                : Incoming.of(source, this, path, "Accept", "text/event-stream");
    }

    /**
     * Connects.
     *
     * @param last event that is known
     */
    public static FeedConnection open(Incoming.Source source, Events events, Terms terms, Optional<Long> last) {
        return new FeedConnection(source, events, terms, last);
    }

    /** When something has come last, or the request was sent. */
    public long heard() {
        return heard;
    }

    /** When the request was sent. */
    public long askedAt() {
        return askedAt;
    }

    /** Whether there is an answer. */
    public boolean hasBegun() {
        return clock.isPresent();
    }

    /**
     * Whether the service has said, with the first event, if it can go on after the last one; or was not asked that.
     */
    public boolean isSettled() {
        return hasBegun() && settled;
    }

    /** Ends it from this side: nothing more is heard of it. */
    public void cancel() {
        incoming.cancel();
    }

    @Override
    public void begun(Incoming.Head head) throws IOException {
        heard = System.nanoTime();
        clock = Optional.of(new ServerClock(
                askedAt,
                head.uptime()
                        .orElseThrow(() -> new IOException("answer: no Revoker-Uptime (expected: milliseconds)"))));
        events.begun(head.seen());
    }

    @Override
    public void received(ByteBuffer bytes) throws IOException {
        heard = System.nanoTime();
        List<FeedEvent> all = reader.read(bytes);
        for (FeedEvent event : all) {
            settled |= !event.name().isEmpty();
            if (event.name().equals(FeedEvent.HEARTBEAT)) {
                events.heartbeat(heartbeat(event));
            } else {
                events.event(event);
            }
        }
        events.batch();
    }

    private Heartbeat heartbeat(FeedEvent event) throws IOException {
        JsonFields body = event.fields();
        keys.require(body);
        long time = FeedEvent.micros(body, "time");
        long age = time - FeedEvent.micros(body, "as_of");
        long asOf = clock.orElseThrow().earliest(body.requiredCount("uptime"), Math.max(0, age / 1000));
        if (asOf - System.nanoTime() > 0) {
            throw new IOException("heartbeat: later than now (expected: clocks that run alike)");
        }
        return new Heartbeat(event.id(), Math.max(OF_AN_EMPTY_LOG, FeedEvent.stamp(body)), asOf, time);
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        events.ended(failure);
    }
}
