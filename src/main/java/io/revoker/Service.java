package io.revoker;

import io.revoker.bus.Codecs;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.CallerBounds;
import io.revoker.caller.Callers;
import io.revoker.config.Configuration;
import io.revoker.feed.FeedVerticle;
import io.revoker.feed.MarkView;
import io.revoker.http.CheckRoute;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.HttpVerticle;
import io.revoker.http.Listeners;
import io.revoker.http.ManagementVerticle;
import io.revoker.http.OpenApiRoutes;
import io.revoker.http.Served;
import io.revoker.http.TokenRoutes;
import io.revoker.http.Traffic;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.oauth.IntrospectionRoutes;
import io.revoker.redis.RedisBackend;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.SweepLimits;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A running service: starts its verticles from the store upwards, and stops them from the edge downwards. */
public final class Service {
    private static final int VERIFICATIONS = 8;

    private final Configuration configuration;
    private final Vertx vertx;
    private final Callers callers;
    private final RedisBackend backend;
    private final MarkView marks = new MarkView();
    private final Traffic traffic;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<HttpVerticle> listeners = new ArrayList<>();
    private final List<String> edge = new CopyOnWriteArrayList<>();
    private final List<String> core = new CopyOnWriteArrayList<>();
    private final ManagementVerticle management;

    private Service(Vertx vertx, Configuration configuration, String redisUrl) {
        this.configuration = configuration;
        this.vertx = vertx;
        this.callers = callers(configuration, vertx);
        this.backend = new Backends(vertx, configuration, redisUrl).backend();
        this.traffic = new Traffic(configuration.http().maxInFlight());
        this.management = new ManagementVerticle(configuration.management(), this::openReadiness);
    }

    /**
     * A Vert.x as the service likes it: an event loop for each instance, the native transport if there is one, and listeners whose connections are
     * bounded from the moment of their acceptance.
     */
    public static Vertx vertx(Configuration configuration) {
        return new Listeners(configuration.http()).vertx(instances(configuration));
    }

    /**
     * Starts everything in a Vert.x, beside what else runs there; fails with one clear reason, and leaves nothing running.
     *
     * @param vertx without another service
     * @param redisUrl of the Redis that holds the state
     */
    public static Future<Service> start(Vertx vertx, Configuration configuration, String redisUrl) {
        Codecs.register(vertx.eventBus());
        Service service = new Service(vertx, configuration, redisUrl);
        return service.deploy()
                .map(service)
                .recover(failure -> service.stop().transform(stopped -> Future.failedFuture(failure)));
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

    /** Turns readiness off, lets the requests in flight finish within the drain time-out, then stops everything else. */
    public Future<Void> stop() {
        traffic.drain();
        return undeploy(edge).transform(done -> undeploy(core));
    }

    private Future<Void> undeploy(List<String> ids) {
        return Future.join(ids.stream().map(vertx::undeploy).toList()).mapEmpty();
    }

    private Future<Void> deploy() {
        return each(this::revocationVerticle, core)
                .compose(done -> deploy(new FeedVerticle(this::openFeed, marks), core))
                .compose(done -> each(this::httpVerticle, edge))
                .compose(done -> deploy(management, core));
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

    private Future<ManagementVerticle.Readiness> openReadiness() {
        return backend.open().map(ports -> new ServiceReadiness(traffic, marks, ports.connection()));
    }

    private Deployable revocationVerticle() {
        SweepLimits limits = new SweepLimits(
                configuration.sweep().batchSize(),
                configuration.sweep().inFlight(),
                configuration.sweep().running(),
                configuration.http().requestTimeout().multipliedBy(9).dividedBy(10));
        return new RevocationVerticle(this::openStore, marks, limits, InstantSource.system());
    }

    private Future<RevocationVerticle.Ports> openStore() {
        return Future.all(backend.open(), backend.open()).map(both -> {
            RedisBackend.Ports checks = both.resultAt(0);
            RedisBackend.Ports work = both.resultAt(1);
            return new RevocationVerticle.Ports(
                    checks.store(),
                    work.store(),
                    work.log(),
                    () -> Future.join(
                                    checks.connection().close(),
                                    work.connection().close())
                            .mapEmpty());
        });
    }

    private Future<FeedVerticle.Source> openFeed() {
        return backend.open().map(ports -> new FeedVerticle.Source(ports.log(), ports.connection()::close));
    }

    private Deployable httpVerticle() {
        HttpVerticle listener = new HttpVerticle(configuration.http(), traffic, connections, this::routes);
        listeners.add(listener);
        return listener;
    }

    private Served routes(Edge edge) {
        RevokerBus bus = new RevokerBus(edge.vertx(), configuration.http().requestTimeout());
        Gate gate = new Gate(callers);
        long maxBody = configuration.http().maxBodySize().bytes();
        return new Served(
                List.of(new CheckRoute(bus, gate, configuration.check().maxAge())),
                List.of(
                        new ElasticRoutes(bus, gate, configuration),
                        new IntrospectionRoutes(bus, gate, maxBody),
                        new TokenRoutes(edge, bus, gate, configuration),
                        new OpenApiRoutes()));
    }

    private static Callers callers(Configuration configuration, Vertx vertx) {
        CallerBounds bounds = new CallerBounds(
                configuration.clients().cacheSize(), configuration.clients().cacheTime(), VERIFICATIONS);
        return configuration
                .clients()
                .file()
                .map(file -> Callers.load(file, vertx, bounds, InstantSource.system()))
                .orElseGet(Callers::anonymous);
    }

    private static int instances(Configuration configuration) {
        int given = configuration.runtime().instances();
        return given > 0 ? given : Runtime.getRuntime().availableProcessors();
    }
}
