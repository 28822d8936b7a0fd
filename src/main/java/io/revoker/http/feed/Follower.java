package io.revoker.http.feed;

import io.revoker.bus.ReadLog;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.http.feed.EventForm.Loss;
import io.revoker.http.feed.FeedEvent.Encoded;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * One stream of events. It is either behind the window, and then reads the log page by page, or has a position in the
 * window. What the client does not take stays where it is, so that a follower holds a few kilobytes however slow it is.
 * Used by one event loop only.
 */
final class Follower implements Following {
    /** Events are sent together up to this size. */
    private static final int TOGETHER = 16 * 1024;

    private static final int SHORTEST_RETRY = 500;
    private static final int LONGEST_RETRY = 1500;

    private final ResponseWriter writer;
    private final RealmScope realms;
    private final EventWindow window;
    private final Ports ports;
    private State state = State.RESUMING;
    private long position;
    /** Everything up to here was sent, or is not for this client. */
    private Stamp sent = Stamp.NONE;

    private long caughtUp = System.nanoTime();

    /** What all followers of an event loop share. */
    record Ports(Context context, Function<ReadLog, Future<LogPage>> log, FollowerMeters meters, Duration patience) {}

    private enum State {
        /** Reads the log. */
        RESUMING,
        FOLLOWING,
        ENDED
    }

    /** @param request whose answer has a head */
    Follower(HttpServerRequest request, RealmScope realms, EventWindow window, Ports ports) {
        this.writer = new ResponseWriter(request, ports.context());
        this.realms = realms;
        this.window = window;
        this.ports = ports;
    }

    /** @param last the newest event that the client has; empty to begin with what is next */
    void begin(Optional<Stamp> last) {
        writer.begin(this::pump);
        Stamp from = last.orElse(window.read().newer(EventWindow.BEGINNING));
        write(Buffer.buffer(retry() + "id: " + from + "\n\n"));
        resume(from);
    }

    private static String retry() {
        return "retry: " + ThreadLocalRandom.current().nextInt(SHORTEST_RETRY, LONGEST_RETRY) + "\n";
    }

    private void resume(Stamp from) {
        if (state == State.ENDED) {
            return;
        }
        if (window.covers(from)) {
            follow(from, window.after(from));
        } else {
            ports.log().apply(new ReadLog(from)).onSuccess(this::resumed).onFailure(unavailable -> end());
        }
    }

    private void resumed(LogPage page) {
        if (state == State.ENDED) {
            return;
        }
        if (page.continuity() != Continuity.WHOLE) {
            startOver(page.continuity() == Continuity.LOST ? Loss.LOST : Loss.TRIMMED);
            return;
        }
        page.events().stream().map(EventForm::of).forEach(this::send);
        sent = page.upTo();
        if (page.isLast() && page.upTo().isAfter(window.read())) {
            follow(page.upTo(), window.end()); // this instance has not read it yet
        } else if (page.isLast() && !window.covers(page.upTo())) {
            startOver(Loss.TRIMMED);
        } else {
            writer.whenTaken(() -> resume(page.upTo()));
        }
    }

    private void follow(Stamp from, long first) {
        state = State.FOLLOWING;
        sent = from;
        position = first;
        pump();
    }

    /** The client has to forget what it expects, and gets everything from now on. */
    private void startOver(Loss loss) {
        ports.meters().reset(loss);
        state = State.FOLLOWING;
        sent = window.read().newer(EventWindow.BEGINNING);
        position = window.end();
        send(EventForm.reset(sent, loss));
    }

    /** Sends what there is, as long as the client takes it. */
    @Override
    public void pump() {
        while (state == State.FOLLOWING && !writer.isFull() && position < window.end()) {
            if (position < window.first()) {
                startOver(Loss.BEHIND);
            } else {
                sendSome();
            }
        }
        if (position == window.end()) {
            caughtUp = System.nanoTime();
        }
    }

    private void sendSome() {
        Buffer together = Buffer.buffer();
        int events = 0;
        while (position < window.end() && together.length() < TOGETHER) {
            FeedEvent event = window.get(position++);
            Optional<Encoded> seen = event.isNewTo(sent) ? event.seenBy(realms) : Optional.empty();
            if (seen.isPresent()) {
                events++;
                together.appendBuffer(seen.get().message());
                if (event.isReset()) {
                    ports.meters().reset(Loss.LOST);
                }
            }
            sent = sent.newer(event.stamp());
        }
        if (events > 0) {
            ports.meters().sent(events);
            write(together);
        }
    }

    private void send(FeedEvent event) {
        event.seenBy(realms).ifPresent(seen -> {
            ports.meters().sent(1);
            write(seen.message());
        });
    }

    @Override
    public void look(long now) {
        if (state != State.ENDED && writer.isStuck(now, ports.patience())) {
            drop();
        }
    }

    @Override
    public void beat(Beat beat) {
        if (state == State.FOLLOWING && position == window.end() && !writer.isFull()) {
            write(sent.isAfter(beat.stamp()) ? beat.withoutId() : beat.withId());
            sent = sent.newer(beat.stamp());
        }
    }

    /** Nanoseconds since it had been sent all that there was; 0 if that is so now. */
    @Override
    public long lag(long now) {
        return state == State.FOLLOWING && position < window.end() ? Math.max(0, now - caughtUp) : 0;
    }

    private void drop() {
        ports.meters().dropped();
        left();
        writer.cut();
    }

    /** Asks the client to connect again, and ends the answer. */
    @Override
    public void end() {
        if (state == State.ENDED) {
            return;
        }
        left();
        writer.end(retry() + "\n");
    }

    @Override
    public void left() {
        state = State.ENDED;
    }

    private void write(Buffer bytes) {
        writer.write(bytes, this::left);
    }
}
