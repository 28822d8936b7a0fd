package io.revoker.http.feed;

import io.revoker.bus.ReadLog;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.http.ProblemDetails;
import io.revoker.http.feed.EventForm.Loss;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * A client that asks for the changes since a stamp, and waits for some if there are none. Used by one event loop only.
 */
final class Poll implements Following {
    /** Events of one answer. */
    private static final int MOST = 1000;

    private final RoutingContext request;
    private final EventWindow window;
    private final Follower.Ports ports;
    private final Changes found;
    private State state = State.READING;
    /** The client has everything up to here, or it is in what was found, or not for this client. */
    private Stamp seen = Stamp.NONE;

    /** Whether it waits for something to be found; changed once, by its time. */
    private boolean patient;

    private enum State {
        /** Reads the log. */
        READING,
        /** Everything that there is has been looked at. */
        WAITING,
        ANSWERED
    }

    Poll(RoutingContext request, RealmScope realms, EventWindow window, Follower.Ports ports) {
        this.request = request;
        this.found = new Changes(realms);
        this.window = window;
        this.ports = ports;
    }

    /** Answers at once if there is something, and else when its time is {@linkplain #over over}. */
    void begin(Stamp since) {
        patient = true;
        seen = since;
        read();
    }

    /** Its time is over: it answers with what there is. */
    void over() {
        patient = false;
        if (state == State.WAITING) {
            answer();
        }
    }

    private void read() {
        if (state == State.ANSWERED) {
            return;
        }
        if (window.covers(seen)) {
            follow();
        } else {
            ports.log().apply(new ReadLog(seen)).onSuccess(this::got).onFailure(this::fail);
        }
    }

    private void got(LogPage page) {
        if (state == State.ANSWERED) {
            return;
        }
        boolean isAhead = page.upTo().isAfter(window.read());
        if (page.continuity() != Continuity.WHOLE || (page.isLast() && !isAhead && !window.covers(page.upTo()))) {
            startOver(page.continuity() == Continuity.LOST ? Loss.LOST : Loss.TRIMMED);
            return;
        }
        page.events().stream().map(EventForm::of).forEach(this::take);
        seen = page.upTo();
        if (!found.isEmpty()) {
            answer();
        } else if (page.isLast() && isAhead) {
            follow();
        } else {
            ports.context().runOnContext(turn -> read());
        }
    }

    private void startOver(Loss loss) {
        ports.meters().reset(loss);
        found.startOver();
        seen = window.read();
        answer();
    }

    private void follow() {
        state = State.WAITING;
        pump();
        if (state == State.WAITING && !patient) {
            answer();
        }
    }

    @Override
    public void pump() {
        if (state != State.WAITING) {
            return;
        }
        long position = window.after(seen);
        while (position < window.end() && found.size() < MOST) {
            take(window.get(position++));
        }
        seen = position == window.end() ? seen.newer(window.read()) : seen;
        if (!found.isEmpty()) {
            answer();
        }
    }

    private void take(FeedEvent event) {
        seen = seen.newer(event.stamp());
        if (found.take(event)) {
            ports.meters().reset(Loss.LOST);
        }
    }

    private void fail(Throwable failure) {
        if (state != State.ANSWERED) {
            state = State.ANSWERED;
            ProblemDetails.of(failure).send(request);
        }
    }

    private void answer() {
        state = State.ANSWERED;
        ports.meters().sent(found.size());
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(found.json(seen, ""))
                .onFailure(gone -> {});
    }

    @Override
    public void beat(Beat beat) {}

    @Override
    public void look(long now) {}

    @Override
    public long lag(long now) {
        return 0;
    }

    @Override
    public void end() {
        over();
    }

    @Override
    public void left() {
        state = State.ANSWERED;
    }
}
