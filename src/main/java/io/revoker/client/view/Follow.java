package io.revoker.client.view;

import io.revoker.client.NodeAccess;
import io.revoker.client.feed.Backoff;
import io.revoker.client.feed.Confirmer;
import io.revoker.client.feed.FeedConnection;
import io.revoker.client.feed.FeedConnection.Heartbeat;
import io.revoker.client.feed.FeedEvent;
import io.revoker.client.feed.Incoming;
import io.revoker.client.feed.Loop;
import io.revoker.client.feed.SeenRealms;
import io.revoker.client.view.Tables.WentBack;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the tables current: follows the feed of one node after another, and takes snapshots, at first, when events are
 * missing, and now and then. A heartbeat counts if nothing is missing: the view is then fresh until the moment that the
 * heartbeat is of, plus the bound. All on the thread of the view.
 */
final class Follow implements FeedConnection.Events, SnapshotDownload.Result {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** A heartbeat has to be newer than another one by as much: times are rounded. */
    private static final long NEWER = Duration.ofMillis(20).toNanos();

    private final Loop loop;
    private final NodeAccess access;
    private final List<URI> nodes;
    private final ViewSettings settings;
    private final Tables tables;
    private final ViewReports reports;
    private final SnapshotPlan plan;
    private final Optional<Confirmer> confirmer;
    private Optional<FeedConnection> feed = Optional.empty();
    private Optional<SnapshotDownload> download = Optional.empty();
    private int node;
    private int failures; // in a row
    /** When the last heartbeat came that was newer than those before it. */
    private long counted;
    /** The moment up to which the newest heartbeat of this connection vouches for the view. */
    private long asOf;
    /** When the newest heartbeat of this connection came, and how long one has taken at most. */
    private Optional<Long> beatAt = Optional.empty();

    private Duration between = Duration.ZERO;

    private volatile Freshness freshness = Freshness.none();

    Follow(Loop loop, NodeAccess access, ViewSettings settings, Tables tables, ViewReports reports) {
        this.loop = loop;
        this.access = access;
        this.nodes = access.inTurn();
        this.settings = settings;
        this.tables = tables;
        this.plan = new SnapshotPlan(settings.refresh());
        this.reports = reports;
        this.confirmer = settings.name()
                .map(name -> new Confirmer(new Confirmer.Follower(name, settings.bound()), reports::failed));
    }

    Freshness freshness() {
        return freshness;
    }

    void begin() {
        connect();
        loop.every(LOOK, this::look);
    }

    void end() {
        feed.ifPresent(FeedConnection::cancel);
        download.ifPresent(SnapshotDownload::cancel);
        freshness = Freshness.none();
    }

    private Incoming.Source source() {
        return new Incoming.Source(loop, access, nodes.get(node));
    }

    private void connect() {
        feed = Optional.of(FeedConnection.open(source(), this, settings.terms(), tables.position()));
    }

    @Override
    public void begun(SeenRealms seen) {
        counted = System.nanoTime();
        asOf = Long.MIN_VALUE;
        beatAt = Optional.empty();
        between = Duration.ZERO;
        if (!tables.follow(seen)) {
            startOver();
        }
        look();
    }

    @Override
    public void event(FeedEvent event) throws IOException {
        boolean hadGap = tables.hasGap();
        reports.changed(tables.apply(event));
        if (event.name().equals(FeedEvent.RESET) || (tables.hasGap() && !hadGap)) {
            startOver();
        }
    }

    @Override
    public void batch() {
        if (!tables.hasGap()) {
            confirmer.ifPresent(one -> one.applied(source(), tables.stamp()));
        } else if (download.isEmpty()) {
            look();
        }
    }

    /** What a snapshot has that was asked for earlier does not reach to what is missing now. */
    private void startOver() {
        download.ifPresent(SnapshotDownload::cancel);
        download = Optional.empty();
        tables.giveUpSnapshot();
        plan.atOnce();
        reports.changedAll();
        look();
    }

    @Override
    public void heartbeat(Heartbeat beat) {
        measure(System.nanoTime());
        tables.reach(beat.id());
        plan.reached(beat.stamp());
        if (tables.hasGap() || beat.stamp() < tables.stamp()) {
            look();
            return;
        }
        long now = System.nanoTime();
        Freshness next = new Freshness(beat.asOf() + settings.bound().toNanos(), beat.time(), now);
        freshness = freshness.prolong(next);
        if (!next.isOver(now) && (asOf == Long.MIN_VALUE || beat.asOf() - asOf > NEWER)) {
            asOf = beat.asOf();
            counted = now;
            failures = 0;
        }
        confirmer.ifPresent(one -> one.confirm(source(), tables.stamp()));
        reports.fresh();
    }

    private void measure(long now) {
        Duration last = beatAt.map(before -> Duration.ofNanos(now - before)).orElse(Duration.ZERO);
        between = last.compareTo(between) > 0 ? last : between;
        beatAt = Optional.of(now);
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        boolean hasLived = feed.filter(it -> isOver(it.askedAt(), settings.longEnough(), System.nanoTime()))
                .isPresent();
        if (failure.isEmpty() && hasLived) {
            connect();
        } else {
            tryNext(failure.orElseGet(() -> new IOException("feed: ended by the service (expected: events)")));
        }
    }

    private void tryNext(Throwable failure) {
        feed = Optional.empty();
        node = (node + 1) % nodes.size();
        failures++;
        reports.failed(failure);
        loop.after(Backoff.OF_CONNECTIONS.after(failures, nodes.size()), this::connect);
    }

    /** Looks for what does not come. */
    private void look() {
        long now = System.nanoTime();
        feed.ifPresent(connection -> look(connection, now));
        if (download.filter(one -> isOver(one.heard(), one.patience(settings.silence()), now))
                .isPresent()) {
            download.ifPresent(SnapshotDownload::cancel);
            failed(new IOException("snapshot: silence (expected: more of it)"));
        }
        if (download.isEmpty()
                && plan.isDue(now)
                && tables.position().isPresent()
                && feed.filter(FeedConnection::isSettled).isPresent()) {
            tables.askForSnapshot();
            download = Optional.of(SnapshotDownload.begin(source(), settings.most(), this));
        }
        reports.looked();
    }

    private void look(FeedConnection connection, long now) {
        Duration silence = settings.silence(between);
        boolean isSilent = isOver(connection.heard(), silence, now);
        boolean isOld = connection.hasBegun() && download.isEmpty() && isOver(counted, silence, now);
        if (isSilent || isOld) {
            connection.cancel();
            tryNext(new IOException(
                    isSilent
                            ? "feed: silence (expected: a heartbeat)"
                            : "feed: no heartbeat that counts (expected: a newer one, and no gap)"));
        }
    }

    private static boolean isOver(long since, Duration most, long now) {
        return now - since > most.toNanos();
    }

    @Override
    public void came(Known snapshot, long stamp) {
        download = Optional.empty();
        try {
            tables.take(snapshot, stamp);
            counted = System.nanoTime();
            plan.came();
        } catch (WentBack alarm) {
            plan.wentBack(alarm.service());
            reports.wentBack(alarm);
        }
        reports.changedAll();
    }

    @Override
    public void failed(Throwable failure) {
        download = Optional.empty();
        tables.giveUpSnapshot();
        reports.failed(failure);
        plan.failed();
    }
}
