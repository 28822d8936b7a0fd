package io.revoker.client.view;

import io.revoker.client.NodeAccess;
import io.revoker.client.feed.Loop;
import io.revoker.client.view.Tables.WentBack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The life of a view: its thread, its file, and the calls of its listeners. */
final class ViewKeeper implements ViewReports {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final ViewSettings settings;
    private final Tables tables;
    private final Loop loop;
    private final Follow follow;
    private final StateSaver saver;
    private final List<ViewListener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean wasFresh;

    ViewKeeper(NodeAccess access, ViewSettings settings) {
        this.settings = settings;
        this.listeners.add(settings.listener());
        this.tables = new Tables(settings.most());
        this.loop = new Loop("revoker-view", this::failed);
        this.follow = new Follow(loop, access, settings, tables, this);
        this.saver = new StateSaver(settings.file(), loop, tables, this::failed);
    }

    void begin() {
        loop.run(() -> {
            saver.restore(settings.most());
            follow.begin();
        });
    }

    /** The freshness is read first: the tables have all that it promises. */
    RevocationState state(TokenKey key) {
        Freshness freshness = follow.freshness();
        return tables.known().of(key, freshness);
    }

    boolean follows(TokenKey key) {
        return !follow.freshness().isOver() && tables.known().follows(key);
    }

    Duration age() {
        return follow.freshness().age(settings.bound());
    }

    ViewStatus status() {
        boolean isFresh = !follow.freshness().isOver();
        Known known = tables.known();
        return new ViewStatus(isFresh, tables.stamp(), known.since(), known.tokens(), known.marks(), known.locks());
    }

    void add(ViewListener listener) {
        listeners.add(listener);
    }

    void remove(ViewListener listener) {
        listeners.remove(listener);
    }

    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    void close() {
        ready.completeExceptionally(new IllegalStateException("view: closed before it was fresh"));
        loop.close(() -> {
            follow.end();
            try {
                saver.saveNow();
            } finally {
                closed.complete(null);
            }
        });
        if (!loop.isCaller()) {
            awaitClosed();
        }
    }

    /** What takes longer, such as a disk that does not answer, ends on a thread that does not keep the program. */
    private void awaitClosed() {
        closed.completeOnTimeout(null, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void fresh() {
        look();
    }

    @Override
    public void looked() {
        look();
        saver.look();
    }

    private void look() {
        ViewStatus status = status();
        if (status.isFresh() == wasFresh) {
            return;
        }
        wasFresh = status.isFresh();
        if (wasFresh) {
            ready.complete(null);
            tell(listener -> listener.becameFresh(status));
        } else {
            tell(listener -> listener.becameStale(status));
        }
    }

    @Override
    public void changed(Change change) {
        if (change.mayConcernAll()) {
            changedAll();
        } else {
            change.forEachHash(hash -> tell(listener -> listener.changed(hash)));
        }
    }

    @Override
    public void changedAll() {
        tell(ViewListener::changedAll);
    }

    @Override
    public void wentBack(WentBack alarm) {
        tell(listener -> listener.wentBack(alarm.service(), alarm.here()));
    }

    @Override
    public void failed(Throwable failure) {
        tell(listener -> listener.failed(failure));
    }

    private void tell(Consumer<ViewListener> what) {
        listeners.forEach(what);
    }
}
