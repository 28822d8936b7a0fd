package io.revoker.http.feed;

import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The followers of one event loop, and the events that they have not taken yet. Used by that event loop only. */
final class LoopFollowers implements EventHub.Loop {
    private static final int TOGETHER = 64;

    private final Context context;
    private final EventWindow window;
    private final Set<Following> followers = new LinkedHashSet<>();
    private volatile boolean followed;
    private volatile long lag;

    LoopFollowers(Context context, long room, Stamp read) {
        this.context = context;
        this.window = new EventWindow(room, read);
    }

    EventWindow window() {
        return window;
    }

    void add(Following follower) {
        followers.add(follower);
        followed = true;
    }

    void remove(Following follower) {
        follower.left();
        followers.remove(follower);
        followed = !followers.isEmpty();
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public void add(List<FeedEvent> events, Stamp upTo) {
        context.runOnContext(turn -> {
            // Some at a time: a page of the log that is larger than the window must not drive out itself.
            for (int from = 0; from == 0 || from < events.size(); from += TOGETHER) {
                int to = Math.min(events.size(), from + TOGETHER);
                List<FeedEvent> some = events.subList(from, to);
                window.add(
                        some,
                        to == events.size() ? upTo : some.get(some.size() - 1).stamp());
                List.copyOf(followers).forEach(Following::pump);
            }
        });
    }

    @Override
    public void look() {
        context.runOnContext(turn -> {
            long now = System.nanoTime();
            lag = followers.stream()
                    .mapToLong(follower -> follower.lag(now))
                    .max()
                    .orElse(0);
            List.copyOf(followers).forEach(follower -> follower.look(now));
        });
    }

    @Override
    public void beat(Beat beat) {
        context.runOnContext(turn -> List.copyOf(followers).forEach(follower -> follower.beat(beat)));
    }

    @Override
    public void endAll() {
        context.runOnContext(turn -> endHere());
    }

    /** The same, in this turn. */
    void endHere() {
        new ArrayList<>(followers).forEach(Following::end);
    }

    @Override
    public long lag() {
        return followed ? lag : 0;
    }
}
