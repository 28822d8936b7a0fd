package io.revoker;

import io.revoker.bus.Codecs;
import io.revoker.bus.RevokerBus;
import io.revoker.config.Configuration;
import io.revoker.config.RedisUrl;
import io.revoker.config.Secret;
import io.revoker.feed.FeedVerticle;
import io.revoker.feed.MarkView;
import io.revoker.http.BatchCheckRoutes;
import io.revoker.http.CheckRoute;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.HttpVerticle;
import io.revoker.http.Listeners;
import io.revoker.http.ManagementVerticle;
import io.revoker.http.OpenApiRoutes;
import io.revoker.http.RevocationRoutes;
import io.revoker.http.Served;
import io.revoker.http.SweepRoutes;
import io.revoker.http.TokenRoutes;
import io.revoker.http.Traffic;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.oauth.IntrospectionRoutes;
import io.revoker.redis.RedisMeters;
import io.revoker.revocation.CheckTraffic;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.WorkMeters;
import io.revoker.trace.Tracing;
import io.revoker.watch.FileStates;
import io.revoker.watch.WatchVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A running service: starts its verticles from the store upwards, and stops them from the edge downwards. */
public final class Service {
    private static final String CLAIM = "revoker.service";

    private final Metrics metrics;
    private final Configuration configuration;
    private final Vertx vertx;
    private final SettingsSource source;
    private final InForce inForce;
    private final Reload reload;
    private final Stores stores;
    private final MarkView marks = new MarkView();
    private final Traffic traffic;
    private final WorkMeters work;
    private final CheckTraffic checks = new CheckTraffic(InstantSource.system());
    private final List<HttpVerticle> listeners = new ArrayList<>();
    private final List<String> edge = new CopyOnWriteArrayList<>();
    private final List<String> core = new CopyOnWriteArrayList<>();
    private final ManagementVerticle management;

    private Service(Vertx vertx, SettingsSource source, RedisUrl redisUrl, Metrics metrics) {
        this.metrics = metrics;
        this.source = source;
        this.configuration = source.first();
        this.vertx = vertx;
        FileStates files = FileStates.of(source.files());
        this.traffic = new Traffic(configuration.http().maxInFlight(), metrics.registry());
        this.inForce = new InForce(vertx, configuration, traffic);
        this.reload = new Reload(source, inForce, files, new ReloadMeters(metrics.registry(), InstantSource.system()));
        this.stores =
                new Stores(new Backends(vertx, configuration, redisUrl, new RedisMeters(metrics.registry())).backend());
        this.work = new WorkMeters(metrics.registry());
        metrics.view(marks);
        this.management = new ManagementVerticle(configuration.management(), this::openReadiness, metrics::page);
    }

    /**
     * A Vert.x as the service likes it: an event loop for each instance, the native transport if there is one, and listeners whose connections are
     * bounded from the moment of their acceptance.
     *
     * @param metrics which its event bus, pools and connections become part of
     * @param tracing which its requests become part of
     */
    public static Vertx vertx(Configuration configuration, Metrics metrics, Tracing tracing) {
        return new Listeners(configuration.http())
                .vertx(instances(configuration), metrics.ofVertx(), tracing.ofVertx());
    }

    /**
     * Starts everything in a Vert.x, beside what else runs there. Fails with one clear reason, never throws, and leaves nothing running and no
     * connection open. Blocks while it reads the client file, which is read again when it changes.
     *
     * @param vertx one of {@link #vertx}, where the number of connections is bounded, or another one, where it is not; it never had a service before, or
     *     only one whose start failed at its settings
     * @param redisUrl of the Redis that holds the state
     * @param metrics which its own become part of; of no other service; closed when this one ends or can't be started
     */
    public static Future<Service> start(Vertx vertx, Configuration configuration, String redisUrl, Metrics metrics) {
        return start(vertx, SettingsSource.of(configuration), redisUrl, metrics);
    }

    /** The same, with settings that may change while it runs. */
    public static Future<Service> start(Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics) {
        return Future.succeededFuture(redisUrl)
                .map(url -> prepared(vertx, source, url, metrics))
                .compose(service -> service.deploy()
                        .map(service)
                        .recover(failure -> service.close().transform(closed -> Future.failedFuture(failure))))
                .onFailure(failure -> metrics.close());
    }

    private static Service prepared(Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics) {
        Service service = new Service(vertx, source, RedisUrl.require(new Secret(redisUrl)), metrics);
        claim(vertx);
        Codecs.register(vertx.eventBus());
        return service;
    }

    /** The addresses and the codecs on its event bus are for one service. */
    private static void claim(Vertx vertx) {
        if (vertx.sharedData().<String, Boolean>getLocalMap(CLAIM).putIfAbsent(CLAIM, true) != null) {
            throw new IllegalStateException("Vert.x: had a service before (expected: one of its own for each start)");
        }
    }

    /** The port of the listener for clients; differs from the configured one if that is 0. */
    public int port() {
        return listeners.get(0).port();
    }

    public int managementPort() {
        return management.port();
    }

    /** Requests that are being answered now. */
    public int inFlight() {
        return traffic.inFlight();
    }

    /**
     * Turns readiness off, answers on for the drain delay, lets the requests in flight finish within the drain time-out, then stops everything
     * else.
     */
    public Future<Void> stop() {
        traffic.drain();
        return delayed().compose(over -> close());
    }

    private Future<Void> close() {
        return undeploy(edge).transform(done -> undeploy(core)).onComplete(done -> metrics.close());
    }

    /** Whoever spreads the requests still sends some, until it has seen that this instance is not ready. */
    private Future<Void> delayed() {
        Promise<Void> over = Promise.promise();
        long delay = configuration.http().drainDelay().toMillis();
        if (delay == 0) {
            over.complete();
        } else {
            vertx.setTimer(delay, timer -> over.complete());
        }
        return over.future();
    }

    private Future<Void> undeploy(List<String> ids) {
        return Future.join(ids.stream().map(vertx::undeploy).toList()).mapEmpty();
    }

    private Future<Void> deploy() {
        return each(this::revocationVerticle, core)
                .compose(done -> deploy(feedVerticle(), core))
                .compose(done -> each(this::httpVerticle, edge))
                .compose(done -> deploy(management, core))
                .compose(done -> watch());
    }

    private Future<Void> each(Supplier<Deployable> verticle, List<String> ids) {
        return Future.join(IntStream.range(0, instances(configuration))
                        .mapToObj(i -> deploy(verticle.get(), ids))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> deploy(Deployable verticle, List<String> ids) {
        return vertx.deployVerticle(verticle).onSuccess(ids::add).mapEmpty();
    }

    private Future<Void> watch() {
        Duration interval = configuration.reload().interval();
        if (interval.isZero() || source.files().isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.deployVerticle(new WatchVerticle(interval, source.files(), reload), WatchVerticle.OPTIONS)
                .onSuccess(core::add)
                .mapEmpty();
    }

    private Future<ManagementVerticle.Readiness> openReadiness() {
        return stores.forProbes().map(redis -> new ServiceReadiness(traffic, marks, redis, metrics));
    }

    private Deployable revocationVerticle() {
        return new RevocationVerticle(
                stores::forWork,
                marks,
                new RevocationVerticle.Setup(inForce::sweepLimits, InstantSource.system(), work, checks));
    }

    private Deployable feedVerticle() {
        return new FeedVerticle(stores::forFeed, marks, configuration.tokens().markLifetime(), InstantSource.system());
    }

    private Deployable httpVerticle() {
        HttpVerticle listener = new HttpVerticle(configuration.http(), traffic, this::routes);
        listeners.add(listener);
        return listener;
    }

    private Served routes(Edge edge) {
        RevokerBus bus = new RevokerBus(edge.vertx(), configuration.http().requestTimeout());
        Gate gate = new Gate(inForce.callers(), metrics.registry());
        long maxBody = configuration.http().maxBodySize().bytes();
        return new Served(
                List.of(new CheckRoute(
                        bus, gate, () -> inForce.configuration().check().maxAge())),
                List.of(
                        new ElasticRoutes(bus, gate, configuration),
                        new IntrospectionRoutes(bus, gate, maxBody),
                        new BatchCheckRoutes(
                                bus, gate, () -> inForce.configuration().check()),
                        new RevocationRoutes(edge, bus, gate, configuration.http()),
                        new SweepRoutes(bus, gate),
                        new TokenRoutes(edge, bus, gate, configuration),
                        new OpenApiRoutes()));
    }

    private static int instances(Configuration configuration) {
        int given = configuration.runtime().instances();
        return given > 0 ? given : Runtime.getRuntime().availableProcessors();
    }
}
