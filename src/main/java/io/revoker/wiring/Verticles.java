package io.revoker.wiring;

import io.revoker.bus.RevokerBus;
import io.revoker.config.Configuration;
import io.revoker.config.RedisUrl;
import io.revoker.feed.FeedMeters;
import io.revoker.feed.FeedVerticle;
import io.revoker.feed.MarkView;
import io.revoker.http.BodyReader;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.Served;
import io.revoker.http.Traffic;
import io.revoker.http.check.BatchCheckRoutes;
import io.revoker.http.check.CheckRoute;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.oauth.IntrospectionRoutes;
import io.revoker.http.server.HttpVerticle;
import io.revoker.http.server.ManagementVerticle;
import io.revoker.http.server.OpenApiRoutes;
import io.revoker.http.sweeps.SweepRoutes;
import io.revoker.http.tokens.RevocationRoutes;
import io.revoker.http.tokens.TokenRoutes;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisMeters;
import io.revoker.revocation.CheckTraffic;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.SweepsHere;
import io.revoker.revocation.WorkMeters;
import io.revoker.watch.FileStates;
import io.revoker.watch.WatchVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes the verticles of one service, and holds what they share: the store, the view of the marks, what is in force, and what is counted. */
public final class Verticles {
    private static final InstantSource TIME = InstantSource.system();

    private final Configuration configuration;
    private final SettingsSource source;
    private final Metrics metrics;
    private final Traffic traffic;
    private final InForce inForce;
    private final Reload reload;
    private final Stores stores;
    private final FirstContact contact;
    private final RedisClock clock;
    private final WorkMeters work;
    private final HostRule hosts;
    private final FeedMeters feed;
    private final MarkView marks = new MarkView();
    private final CheckTraffic checks = new CheckTraffic(TIME);
    private final SweepsHere sweeps;

    /**
     * Blocks while it reads the client file and those of TLS.
     *
     * @param local the clock of this machine
     */
    public Verticles(Vertx vertx, SettingsSource source, RedisUrl redisUrl, Metrics metrics, InstantSource local) {
        this.configuration = source.first();
        this.source = source;
        this.metrics = metrics;
        FileStates files = FileStates.of(source.files());
        this.traffic = new Traffic(configuration.http().maxInFlight(), metrics.registry());
        this.inForce = new InForce(vertx, configuration, traffic);
        this.reload = new Reload(source, inForce, files, new ReloadMeters(metrics.registry(), TIME));
        this.clock = new RedisClock(local, configuration.redis().heartbeat().multipliedBy(Backends.SILENT_HEARTBEATS));
        RedisMeters meters = new RedisMeters(
                metrics.registry(), configuration.redis().durability().replicas());
        this.stores = new Stores(new Backends(vertx, configuration, redisUrl, meters, clock, marks).backend());
        this.contact = FirstContact.within(vertx, configuration.redis().startTimeout());
        this.work = new WorkMeters(metrics.registry());
        this.sweeps = new SweepsHere(configuration.redis().callTimeout());
        this.hosts = configuration
                .clients()
                .file()
                .map(named -> HostRule.any())
                .orElseGet(() -> HostRule.ofOpen(configuration.http().host()));
        this.feed = new FeedMeters(metrics.registry(), marks, mostMarks());
        metrics.readiness();
        metrics.clock(clock::difference);
        metrics.certificate(() -> inForce.certificate().map(ServerCertificate::expiry));
    }

    public Traffic traffic() {
        return traffic;
    }

    public RevocationVerticle revocation() {
        return revocation(RevocationVerticle.Role.ANY);
    }

    public RevocationVerticle revocationOfUsers() {
        return revocation(RevocationVerticle.Role.USERS);
    }

    private RevocationVerticle revocation(RevocationVerticle.Role role) {
        return new RevocationVerticle(
                role,
                () -> contact.make(stores::forWork),
                marks,
                new RevocationVerticle.Setup(inForce::sweepLimits, mostMarks(), clock, work, checks, sweeps));
    }

    public FeedVerticle feed() {
        return new FeedVerticle(stores::forFeed, contact::make, marks, feed);
    }

    public HttpVerticle http() {
        return inForce.listener(
                certificate -> new HttpVerticle(configuration.http(), certificate, traffic, this::routes));
    }

    public ManagementVerticle management() {
        return new ManagementVerticle(configuration.management(), this::openReadiness, metrics::page);
    }

    /** Nothing if no file is to be looked at. */
    public Optional<WatchVerticle> watch() {
        Duration interval = configuration.reload().interval();
        return interval.isZero() || source.files().isEmpty()
                ? Optional.empty()
                : Optional.of(new WatchVerticle(interval, source.files(), reload));
    }

    private long mostMarks() {
        return configuration.log().mostMarks(Runtime.getRuntime().maxMemory());
    }

    private Future<ManagementVerticle.Readiness> openReadiness() {
        return contact.make(stores::forProbes).map(redis -> new ServiceReadiness(traffic, marks, redis, metrics));
    }

    private Served routes(Edge edge) {
        Duration timeout = configuration.http().requestTimeout();
        RevokerBus bus = new RevokerBus(
                edge.vertx(), timeout, timeout.plus(configuration.sweep().patience()));
        Gate gate = new Gate(inForce.callers(), traffic, metrics.registry());
        return new Served(
                hosts,
                List.of(new CheckRoute(
                        bus, gate, () -> inForce.configuration().check().maxAge(), clock)),
                List.of(
                        new ElasticRoutes(edge, bus, gate, configuration),
                        new IntrospectionRoutes(bus, gate, BodyReader.usual(configuration.http())),
                        new BatchCheckRoutes(
                                edge,
                                bus,
                                gate,
                                traffic,
                                configuration,
                                () -> inForce.configuration().check()),
                        new RevocationRoutes(edge, bus, gate, configuration),
                        new SweepRoutes(bus, gate),
                        new TokenRoutes(edge, bus, gate, inForce::configuration, clock),
                        new OpenApiRoutes()));
    }
}
