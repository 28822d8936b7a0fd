package io.revoker.http.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.LogListener;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Between the one reader of the log on this instance and its followers on all event loops: puts each event into its
 * form once, and passes it on by reference.
 */
public final class EventHub implements LogListener {
    private static final double NANOS = 1e9;

    private final int mostFollowers;
    private final AtomicInteger followers = new AtomicInteger();
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final FollowerMeters meters;
    private volatile Stamp read = Stamp.NONE;
    /** Whether what was read last has an entry that says that others are lost. */
    private boolean told;

    private volatile Optional<End> end = Optional.empty();

    /**
     * The end of the log as it was seen last.
     *
     * @param stamp of the newest entry
     * @param askedAt before the log was asked, by {@link System#nanoTime()}: what was written later may be missing
     */
    record End(Stamp stamp, long askedAt) {}

    /** An event loop with followers. Its methods may be called by any thread. */
    public interface Loop {
        void add(List<FeedEvent> events, Stamp upTo);

        /** Whether it has followers. */
        boolean isFollowed();

        void beat(Beat beat);

        /** Looks for followers that do not read. */
        void look();

        /** Ends all streams: their clients connect again. */
        void endAll();

        /** Nanoseconds for which the oldest event has waited, as of the last look. */
        long lag();
    }

    public EventHub(int mostFollowers, MeterRegistry registry) {
        this.mostFollowers = mostFollowers;
        this.meters = new FollowerMeters(registry, followers::get, this::lagSeconds);
    }

    private double lagSeconds() {
        return loops.stream().mapToLong(Loop::lag).max().orElse(0) / NANOS;
    }

    /**
     * Adds an event loop, which then gets everything after a stamp.
     *
     * @param made on the calling thread, with that stamp
     */
    public synchronized <L extends Loop> L join(Function<Stamp, L> made) {
        L loop = made.apply(read);
        loops.add(loop);
        return loop;
    }

    /** Removes it. */
    public void leave(Loop loop) {
        loops.remove(loop);
    }

    FollowerMeters meters() {
        return meters;
    }

    /** Whether there may be one more follower; if so, it must {@link #exit} later. */
    boolean enter() {
        boolean entered = followers.incrementAndGet() <= mostFollowers;
        if (!entered) {
            followers.decrementAndGet();
        }
        return entered;
    }

    void exit() {
        followers.decrementAndGet();
    }

    int mostFollowers() {
        return mostFollowers;
    }

    @Override
    public synchronized void read(List<LogEvent> events, Stamp upTo) {
        read = upTo;
        told = events.stream().anyMatch(LogEvent.Lost.class::isInstance);
        if (!loops.isEmpty()) {
            pass(events.stream().map(EventForm::of).toList());
        }
    }

    /** What was read before need not be all. Nothing else is told if an entry of the log has said so. */
    @Override
    public synchronized void missed(Stamp upTo) {
        boolean isOfAnEntry = upTo.equals(read);
        if (!isOfAnEntry || !told) {
            read = upTo;
            Stamp stamp = upTo.newer(EventWindow.BEGINNING);
            pass(List.of(isOfAnEntry ? EventForm.gap(stamp) : EventForm.reset(stamp, EventForm.Loss.LOST)));
        }
    }

    /** Tells a follower that it has not got everything up to a stamp, in JSON. */
    public static Buffer behind(Stamp upTo) {
        return EventForm.reset(upTo, EventForm.Loss.BEHIND).whole().json();
    }

    private void pass(List<FeedEvent> events) {
        List<FeedEvent> shared = List.copyOf(events);
        loops.forEach(loop -> loop.add(shared, read));
    }

    /** Up to which stamp this instance has read the log. */
    public Stamp read() {
        return read;
    }

    @Override
    public void reachedTheEnd(Stamp stamp, long askedAt) {
        end = Optional.of(new End(stamp, askedAt));
    }

    /** All loops were given what is before it. Empty until it was seen. */
    Optional<End> end() {
        return end;
    }

    /** Whether there are followers, on any event loop. */
    boolean isFollowed() {
        return loops.stream().anyMatch(Loop::isFollowed);
    }

    void look() {
        loops.forEach(Loop::look);
    }

    void beat(Beat beat) {
        loops.forEach(loop -> loop.beat(beat));
    }

    /** Ends all streams: their clients connect again, and prove anew who they are. */
    public void reconnectAll() {
        loops.forEach(Loop::endAll);
    }
}
