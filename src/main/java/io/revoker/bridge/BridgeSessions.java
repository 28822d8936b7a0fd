package io.revoker.bridge;

import io.revoker.domain.Stamp;
import io.revoker.http.feed.Beat;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.FeedEvent;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The connections of one event loop. The events of the hub come on any thread; the rest is used by that event loop
 * only.
 */
final class BridgeSessions implements EventHub.Loop {
    private final Context context;
    private final Duration patience;
    private final Set<Session> open = new LinkedHashSet<>();
    private volatile boolean followed;

    /** @param patience with a client that reads nothing */
    BridgeSessions(Context context, Duration patience) {
        this.context = context;
        this.patience = patience;
    }

    void add(Session session) {
        open.add(session);
        followed = true;
    }

    void remove(Session session) {
        open.remove(session);
        followed = !open.isEmpty();
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public void add(List<FeedEvent> events, Stamp upTo) {
        each(session -> session.events(events, upTo));
    }

    @Override
    public void beat(Beat beat) {
        each(session -> session.beat(beat.json()));
    }

    @Override
    public void look() {
        each(session -> session.closeIfStuckFor(patience));
    }

    @Override
    public void endAll() {
        each(Session::close);
    }

    @Override
    public long lag() {
        return 0;
    }

    private void each(Consumer<Session> action) {
        context.runOnContext(turn -> List.copyOf(open).forEach(action));
    }
}
