package io.revoker.client.live;

import io.revoker.client.feed.Loop;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import io.revoker.client.view.ViewListener;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Ends connections when the tokens that have opened them die: as soon as the view knows of the revocation, and whatever
 * fails, within its bound. About tokens that the view can't tell about, and about all once it has heard of nothing for
 * too long, its policy decides. With {@code REFUSE} their connections are ended when it is stale. With {@code ASK} the
 * service is asked when the view has heard of nothing for half a bound, and, unless the view gets all that
 * concerns the token, again, twice in each bound. A connection is ended if the service does not say that the token is
 * good: a bound after it was last known to be that. Safe for use by many threads; keep one and share it.
 */
public final class LiveConnections implements AutoCloseable {
    private static final int MOST = 100_000;
    private static final int LOOKS_UNTIL_FORGOTTEN = 10;

    private final RevocationView view;
    private final Index index;
    private final Pending pending = new Pending();
    private final Loop loop = new Loop("revoker-live", LiveConnections::report);
    private final Questions questions;
    private final Changes changes = new Changes();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean closed;
    private int looks;

    private LiveConnections(RevocationView view, int most) {
        this.view = view;
        this.index = new Index(most);
        this.questions = new Questions(view, new Answered());
    }

    /** Those of a view, which has to stay open for as long; at most 100,000. */
    public static LiveConnections of(RevocationView view) {
        return of(view, MOST);
    }

    /**
     * Those of a view, which has to stay open for as long.
     *
     * @param most how many there may be; each takes about a kilobyte, and its token
     */
    public static LiveConnections of(RevocationView view, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
        LiveConnections live = new LiveConnections(view, most);
        view.addListener(live.changes);
        live.loop.every(Questions.LOOK, live::look);
        return live;
    }

    /**
     * Ends a connection when its token dies. It has already been decided that the token is good: what has been revoked
     * since then is noticed, too. Nothing has to be done when the connection ends by itself.
     *
     * @param token the one of the key
     * @return false if the connection was ended now, because the token is dead, or there is no room for it
     */
    public boolean add(String token, TokenKey key, LiveConnection connection) {
        Entry entry = new Entry(token, key, connection);
        if (!index.add(entry)) {
            refused.incrementAndGet();
            connection.end();
            return false;
        }
        if (closed) {
            end(entry);
        } else {
            look(entry);
        }
        return index.has(entry);
    }

    /** How it stands with them. */
    public LiveStatus status() {
        return new LiveStatus(index.size(), questions.size(), ended.get(), refused.get());
    }

    /** Ends all, because nothing would end them any more. */
    @Override
    public void close() {
        closed = true;
        view.removeListener(changes);
        loop.close(() -> {});
        index.all().forEach(this::end);
    }

    /** The tables have what has changed, and a connection is in the index before they are asked about it. */
    private void look(Entry entry) {
        switch (questions.state(entry)) {
            case REVOKED -> end(entry);
            case NOT_REVOKED -> {}
            case UNKNOWN -> onLoop(() -> questions.add(entry));
        }
    }

    private void onLoop(Runnable task) {
        if (loop.isCaller()) {
            task.run();
        } else {
            loop.run(task::run);
        }
    }

    private void end(Entry entry) {
        if (index.remove(entry)) {
            onLoop(() -> questions.remove(entry));
            ended.incrementAndGet();
            try {
                entry.connection().end();
            } catch (RuntimeException failure) {
                report(failure); // and the others are ended
            }
        }
    }

    private void look() {
        if (questions.isOld()) {
            // It may have been better for a moment since the last look, and an answer may have come just then.
            index.all().stream().filter(entry -> !questions.asksAbout(entry)).forEach(this::look);
        }
        questions.look();
        looks = (looks + 1) % LOOKS_UNTIL_FORGOTTEN;
        if (looks == 0) {
            forget();
        }
    }

    private void forget() {
        index.all().stream().filter(entry -> entry.connection().hasEnded()).forEach(entry -> {
            index.remove(entry);
            questions.remove(entry);
        });
    }

    private void lookAtChanged() {
        Pending.Batch batch = pending.take();
        if (batch.all()) {
            index.all().forEach(this::look);
        } else {
            LongStream.of(batch.hashes())
                    .distinct()
                    .forEach(hash -> index.of(hash).forEach(this::look));
        }
    }

    private static void report(Throwable failure) {
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, failure);
    }

    /** What the view tells, on its thread. */
    private final class Changes implements ViewListener {
        @Override
        public void changed(long hash) {
            if (pending.add(hash)) {
                loop.run(LiveConnections.this::lookAtChanged);
            }
        }

        @Override
        public void changedAll() {
            if (pending.addAll()) {
                loop.run(LiveConnections.this::lookAtChanged);
            }
        }
    }

    /** What the questions lead to. */
    private final class Answered implements Questions.Answers {
        @Override
        public void later(Runnable task) {
            loop.run(task::run);
        }

        @Override
        public void isDead(Entry entry) {
            end(entry);
        }

        @Override
        public boolean isOpen(Entry entry) {
            return index.has(entry);
        }
    }
}
