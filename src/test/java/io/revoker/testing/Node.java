package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.bus.Addresses;
import io.revoker.bus.Check;
import io.revoker.bus.Codecs;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Signature;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.near.NearLeases;
import io.revoker.domain.store.LogListener;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.TokenStore;
import io.revoker.feed.FeedMeters;
import io.revoker.feed.FeedVerticle;
import io.revoker.feed.MarkView;
import io.revoker.redis.RedisBackend;
import io.revoker.revocation.CheckActivity;
import io.revoker.revocation.LocalSweeps;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.SweepSettings;
import io.revoker.revocation.WorkMeters;
import io.revoker.revocation.count.SharedPlaces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The flows as the service runs them, behind the event bus of a Vert.x of their own. */
public final class Node implements AutoCloseable {
    public static final SweepSettings LIMITS =
            new SweepSettings(50, 3, 3, 100, 0, Duration.ofSeconds(18), Duration.ofMillis(500));

    private static final long MOST_MARKS = 1_000_000;

    /** Of a clock that stands still: once a check was asked for, there are checks. */
    private final LocalSweeps sweeps = new LocalSweeps(Duration.ofSeconds(10));

    private final CheckActivity activity = new CheckActivity(InstantSource.fixed(Instant.now()));

    private final SharedPlaces places = new SharedPlaces();
    private final Vertx vertx;
    private final RevokerBus bus;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MarkView marks = new MarkView();
    private final List<Revocation> heard = new CopyOnWriteArrayList<>();

    private Node(int loops) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        Codecs.register(vertx.eventBus());
        vertx.eventBus().<Revocation>consumer(Addresses.REVOCATIONS, message -> heard.add(message.body()));
        bus = new RevokerBus(vertx, Duration.ofSeconds(20));
    }

    /** A revocation verticle on each of some event loops, and a feed. */
    public static Node onRedis(Tuning tuning, String url, String prefix, int loops) {
        return onRedis(tuning, url, prefix, loops, LIMITS);
    }

    public static Node onRedis(Tuning tuning, String url, String prefix, int loops, SweepSettings limits) {
        return onRedis(tuning, url, prefix, loops, () -> limits);
    }

    /** With limits that change while it runs. */
    public static Node onRedis(Tuning tuning, String url, String prefix, int loops, Supplier<SweepSettings> limits) {
        Node node = new Node(loops);
        MarkView marks = node.marks;
        RedisBackend backend = tuning.backend(node.vertx, url, prefix, marks);
        for (int i = 0; i < loops; i++) {
            node.deploy(() -> store(backend), marks, limits);
        }
        FeedMeters meters = new FeedMeters(node.meters, marks, MOST_MARKS);
        get(node.vertx.deployVerticle(
                new FeedVerticle(() -> feed(backend), Supplier::get, marks, meters, LogListener.NONE)));
        return node;
    }

    /** The same flows over the model. */
    public static Node onMemory() {
        MemoryStore model = new MemoryStore(InstantSource.system());
        return onMemory(model, model);
    }

    /** Over a store that is not quite the model. */
    public static Node onMemory(MemoryStore model, TokenStore store) {
        return onMemory(model, store, store);
    }

    /** With another store for checks. */
    public static Node onMemory(MemoryStore model, TokenStore checked, TokenStore store) {
        Node node = new Node(1);
        node.deploy(
                () -> Future.succeededFuture(new RevocationVerticle.Ports(
                        checked,
                        store,
                        store,
                        new NoStatusLists(),
                        model,
                        model,
                        model,
                        model,
                        new NoStreams(),
                        new NoFollowers(),
                        NearLeases.NONE,
                        AuditTrail.NONE,
                        Future::succeededFuture)),
                model,
                () -> LIMITS);
        return node;
    }

    public Future<Registration> register(Grant grant) {
        return bus.register(new Register(grant));
    }

    public Future<Report> revoke(Target target) {
        return revoke(target, RealmScope.ALL);
    }

    public Future<Report> revoke(Target target, RealmScope scope) {
        return bus.revoke(new Revoke(target, scope));
    }

    public Future<Verdict> check(TokenId id) {
        return check(id, RealmScope.ALL);
    }

    /** Of a token of either kind. */
    public Future<Verdict> check(TokenId id, RealmScope scope) {
        return bus.check(new Check(id, Signature.ABSENT, scope, Check.Kinds.BOTH));
    }

    /** What was published on this node so far. */
    public List<Revocation> heard() {
        return heard;
    }

    /** How much of something was counted here so far, whatever its labels say. */
    public double counted(String meter) {
        return meters.get(meter).counters().stream().mapToDouble(Counter::count).sum();
    }

    /** Tokens that were invalidated, as the metrics count them: each sweep once, when it ends. */
    public long invalidated() {
        return (long) meters.get("revoker.tokens")
                .tag("outcome", "invalidated")
                .counter()
                .count();
    }

    /** How much of something there is here now. */
    public double gauge(String meter) {
        return meters.get(meter).gauge().value();
    }

    /** The marks as this node knows them. */
    public MarkView marks() {
        return marks;
    }

    public RevokerBus bus() {
        return bus;
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        get(vertx.close());
    }

    private void deploy(Supplier<Future<RevocationVerticle.Ports>> open, Marks marks, Supplier<SweepSettings> limits) {
        get(vertx.deployVerticle(new RevocationVerticle(
                open,
                marks,
                new RevocationVerticle.Shared(
                        limits,
                        MOST_MARKS,
                        InstantSource.system(),
                        new WorkMeters(meters),
                        activity,
                        sweeps,
                        places))));
    }

    private static Future<RevocationVerticle.Ports> store(RedisBackend backend) {
        return backend.openForWork()
                .map(ports -> new RevocationVerticle.Ports(
                        ports.store(),
                        ports.store(),
                        ports.urgent(),
                        ports.statusLists(),
                        ports.log(),
                        ports.marks(),
                        ports.ledger(),
                        ports.answers(),
                        ports.streams(),
                        ports.followers(),
                        ports.near(),
                        AuditTrail.NONE,
                        () -> ports.connection().close()));
    }

    private static Future<FeedVerticle.Source> feed(RedisBackend backend) {
        return backend.open()
                .map(ports -> new FeedVerticle.Source(
                        ports.log(),
                        ports.marks(),
                        ports.store(),
                        () -> ports.connection().close()));
    }
}
