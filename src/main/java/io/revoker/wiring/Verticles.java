package io.revoker.wiring;

import io.revoker.bus.RevokerBus;
import io.revoker.config.Configuration;
import io.revoker.config.values.RedisUrl;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.feed.FeedMeters;
import io.revoker.feed.FeedVerticle;
import io.revoker.feed.MarkView;
import io.revoker.http.InFlightLimit;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.Heartbeats;
import io.revoker.http.server.HealthVerticle;
import io.revoker.http.server.ManagementVerticle;
import io.revoker.http.server.ServingStatus;
import io.revoker.jwt.ClientAssertions;
import io.revoker.jwt.KeyVerticle;
import io.revoker.jwt.RealmVerifier;
import io.revoker.near.NearVerticle;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisMeters;
import io.revoker.revocation.CheckActivity;
import io.revoker.revocation.LocalSweeps;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.WorkMeters;
import io.revoker.revocation.count.SharedPlaces;
import io.revoker.watch.FileStates;
import io.revoker.watch.WatchVerticle;
import io.revoker.wiring.audit.Auditing;
import io.revoker.wiring.routes.RouteParts;
import io.revoker.wiring.routes.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Creates the verticles of one service, and holds what they share: the store, the view of the marks, the live
 * settings, and the meters.
 */
public final class Verticles {
    private static final InstantSource TIME = InstantSource.system();

    private final Configuration configuration;
    private final SettingsSource source;
    private final RealmVerifier ofRealms;
    private final ClientAssertions ofClients;
    private final Metrics metrics;
    private final InFlightLimit inFlight;
    private final LiveSettings live;
    private final Reload reload;
    private final Stores stores;
    private final RedisAtStart contact;
    private final RedisClock clock;
    private final WorkMeters work;
    private final FeedMeters feed;
    private final MarkView marks = new MarkView();
    private final CheckActivity checks = new CheckActivity(TIME);
    private final LocalSweeps sweeps;
    private final SharedPlaces places = new SharedPlaces();
    private final ServingStatus serving;
    private final EventHub followers;
    private final Heartbeats heartbeats;
    private final Receipting receipting;
    private final Auditing auditing;
    private final Near near;
    private final Listeners listeners;
    private Runnable endHeartbeats = () -> {};

    /**
     * Blocks while it reads the client file, the realm file and the TLS files.
     *
     * @param local the clock of this machine
     * @param given verifies JWTs on every event loop, instead of the realms of the settings
     */
    public Verticles(
            Vertx vertx,
            SettingsSource source,
            RedisUrl redisUrl,
            Metrics metrics,
            InstantSource local,
            Optional<JwtVerifier> given) {
        this.configuration = source.first();
        this.source = source;
        this.metrics = metrics;
        FileStates files = FileStates.of(source.files());
        this.inFlight = new InFlightLimit(configuration.http().maxInFlight(), metrics.registry());
        this.serving = new ServingStatus(inFlight::isDraining);
        this.clock =
                new RedisClock(local, configuration.redis().heartbeat().multipliedBy(BackendFactory.SILENT_HEARTBEATS));
        this.ofRealms = new RealmVerifier(vertx, configuration.realms(), clock, metrics.registry());
        this.ofClients = new ClientAssertions(
                vertx,
                configuration.realms(),
                ClientSettings.audience(configuration.oauth()),
                clock,
                new RevokerBus(vertx, configuration.http().requestTimeout())::reserveAnswer);
        this.live = new LiveSettings(vertx, configuration, inFlight, ofRealms, ofClients);
        this.auditing = new Auditing(vertx, configuration, live.signer(), clock, metrics.registry());
        this.reload = new Reload(source, live, files, new ReloadMeters(metrics.registry(), TIME), auditing::reloaded);
        RedisMeters meters = new RedisMeters(
                metrics.registry(), configuration.redis().durability().replicas());
        this.stores = new Stores(
                new BackendFactory(vertx, configuration, redisUrl, meters, clock, marks).backend(), auditing::trail);
        this.contact = RedisAtStart.within(vertx, configuration.redis().startTimeout());
        this.work = new WorkMeters(metrics.registry());
        this.sweeps = new LocalSweeps(configuration.redis().callTimeout());
        this.followers = new EventHub(configuration.feed().maxFollowers(), metrics.registry());
        live.whenCallersChange(followers::reconnectAll);
        this.heartbeats = new Heartbeats(
                vertx, followers, live.signer(), configuration.oauth().issuer(), clock);
        this.near = new Near(configuration, marks, clock, metrics.registry());
        this.receipting = new Receipting(configuration, metrics.registry(), inFlight, clock, near.answers());
        this.listeners = new Listeners(configuration, live, inFlight, new RouteTable(parts(given)), followers, serving);
        this.feed = new FeedMeters(metrics.registry(), marks, mostMarks());
        metrics.readiness();
        metrics.clock(clock::difference);
        metrics.certificate(() -> live.certificate().map(ServerCertificate::expiry));
    }

    private RouteParts parts(Optional<JwtVerifier> given) {
        return new RouteParts(
                configuration,
                replaceable(),
                new RouteParts.Verifiers(
                        given.orElse(ofRealms), ofRealms.notices(), ofRealms.gitHub(configuration.leaks())),
                inFlight,
                auditing.refusals(),
                RouteParts.Publications.of(configuration, live.signer(), followers, clock),
                receipting.receipts(),
                near.answers(),
                marks::hasAllUpTo,
                clock,
                metrics.registry());
    }

    private RouteParts.Live replaceable() {
        return new RouteParts.Live(live::configuration, live.signer(), live::encryption, live.callers());
    }

    public InFlightLimit inFlight() {
        return inFlight;
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
                new RevocationVerticle.Shared(live::sweepSettings, mostMarks(), clock, work, checks, sweeps, places));
    }

    public FeedVerticle feed() {
        return new FeedVerticle(stores::forFeed, contact::make, marks, feed, near.before(followers));
    }

    /** Absent if no checks are answered from memory. */
    public Optional<NearVerticle> near() {
        return near.verticle(() -> contact.make(stores::forNear));
    }

    Receipting receipting() {
        return receipting;
    }

    /** To be called before any of them is deployed. */
    public void begin() {
        live.begin();
        endHeartbeats = heartbeats.begin(configuration.feed().heartbeat());
        auditing.begin();
        ofRealms.begin();
    }

    /** To be called when none of them is deployed any more. May be repeated. */
    public Future<Void> end() {
        endHeartbeats.run();
        live.signer().close();
        return Future.join(ofRealms.close(), ofClients.close(), auditing.close())
                .mapEmpty();
    }

    Auditing auditing() {
        return auditing;
    }

    Listeners listeners() {
        return listeners;
    }

    EventExchange events() {
        return new EventExchange(
                configuration, replaceable(), ofRealms.notices(), inFlight.priority(), clock, metrics.registry());
    }

    public KeyVerticle keys() {
        return new KeyVerticle(ofRealms, ofClients, configuration.realms().refresh());
    }

    /** What health checks by gRPC are answered. */
    public HealthVerticle health() {
        return new HealthVerticle(this::openReadiness, serving);
    }

    public ManagementVerticle management() {
        return new ManagementVerticle(configuration.management(), this::openReadiness, metrics::page);
    }

    /** Absent if there is no file to watch. */
    public Optional<WatchVerticle> watch() {
        return configuration.reload().interval().isZero() || source.files().isEmpty()
                ? Optional.empty()
                : Optional.of(new WatchVerticle(configuration.reload().interval(), source.files(), reload));
    }

    private long mostMarks() {
        return configuration.log().mostMarks(Runtime.getRuntime().maxMemory());
    }

    private Future<ManagementVerticle.Readiness> openReadiness() {
        return contact.make(stores::forProbes).map(redis -> new ServiceReadiness(inFlight, marks, redis, metrics));
    }
}
