package io.revoker;

import io.revoker.bus.Codecs;
import io.revoker.cluster.Cluster;
import io.revoker.config.Configuration;
import io.revoker.config.values.RedisUrl;
import io.revoker.config.values.Secret;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.server.BoundedVertx;
import io.revoker.trace.Tracing;
import io.revoker.wiring.Deployment;
import io.revoker.wiring.Metrics;
import io.revoker.wiring.SettingsSource;
import io.revoker.wiring.Verticles;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.Optional;

/** A running service: starts its verticles from the store up to the listeners, and stops them in reverse order. */
public final class Service {
    private static final String CLAIM = "revoker.service";

    private final Vertx vertx;
    private final Configuration configuration;
    private final Metrics metrics;
    private final Verticles verticles;
    private final Deployment deployment;

    private Service(
            Vertx vertx,
            SettingsSource source,
            RedisUrl redisUrl,
            Metrics metrics,
            InstantSource machine,
            Optional<JwtVerifier> jwts) {
        this.vertx = vertx;
        this.configuration = source.first();
        this.metrics = metrics;
        this.verticles = new Verticles(vertx, source, redisUrl, metrics, machine, jwts);
        this.deployment = new Deployment(vertx, configuration, verticles, instances(configuration));
    }

    /**
     * Creates a Vert.x for the service: an event loop for each instance and one more, the native transport if there is
     * one, listeners whose connections are bounded from accept on, and an event bus that spans the cluster if there is
     * one.
     *
     * @param metrics which will include its event bus, pools and connections
     * @param tracing which will include its requests
     */
    public static Future<Vertx> vertx(Configuration configuration, Metrics metrics, Tracing tracing) {
        VertxBuilder builder = new BoundedVertx(configuration.http()).builder(metrics.ofVertx(), tracing.ofVertx());
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(instances(configuration) + 1);
        return configuration.cluster().enabled()
                ? Cluster.join(builder, options, configuration.cluster())
                : Future.succeededFuture(builder.with(options).build());
    }

    /**
     * Starts everything in a Vert.x, beside the application's own verticles. Fails with one clear reason, never
     * throws, and then leaves nothing running and no connection open. Blocks while it reads the client file and the
     * realm file, which are read again when they change.
     *
     * @param vertx one of {@link #vertx}, where the number of connections is bounded, or another one, where it is not;
     * must not have had a service before, except one whose start failed at its settings
     * @param redisUrl of the Redis that has the state
     * @param metrics which will include those of the service; must not belong to another service; closed when this one
     * ends or can't be started
     */
    public static Future<Service> start(Vertx vertx, Configuration configuration, String redisUrl, Metrics metrics) {
        return start(vertx, SettingsSource.of(configuration), redisUrl, metrics);
    }

    /** The same, with settings that may change while it runs. */
    public static Future<Service> start(Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics) {
        return start(vertx, source, redisUrl, metrics, InstantSource.system());
    }

    /**
     * The same, with another clock of the machine.
     *
     * @param machine compared with the clock of Redis, which decides
     */
    public static Future<Service> start(
            Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics, InstantSource machine) {
        return start(vertx, source, redisUrl, metrics, machine, Optional.empty());
    }

    /**
     * The same, with a verifier of the application's own instead of the realms of the settings.
     *
     * @param jwts called on every event loop
     */
    public static Future<Service> start(
            Vertx vertx,
            SettingsSource source,
            String redisUrl,
            Metrics metrics,
            InstantSource machine,
            JwtVerifier jwts) {
        return start(vertx, source, redisUrl, metrics, machine, Optional.of(jwts));
    }

    private static Future<Service> start(
            Vertx vertx,
            SettingsSource source,
            String redisUrl,
            Metrics metrics,
            InstantSource machine,
            Optional<JwtVerifier> jwts) {
        return Future.succeededFuture(redisUrl)
                .map(url -> {
                    Service service =
                            new Service(vertx, source, RedisUrl.require(new Secret(url)), metrics, machine, jwts);
                    claim(vertx);
                    Codecs.register(vertx.eventBus());
                    return service;
                })
                .compose(service -> service.deployment
                        .deploy()
                        .map(service)
                        .recover(failure -> service.close().transform(closed -> Future.failedFuture(failure))))
                .onFailure(failure -> metrics.close());
    }

    /** The addresses and codecs of an event bus belong to one service. */
    private static void claim(Vertx vertx) {
        if (vertx.sharedData().<String, Boolean>getLocalMap(CLAIM).putIfAbsent(CLAIM, true) != null) {
            throw new IllegalStateException("Vert.x: had a service before (expected: one of its own for each start)");
        }
    }

    /** The port of the listener for clients; differs from the configured one if that is 0. */
    public int port() {
        return deployment.port();
    }

    /** The port of the listener for gRPC; absent if it is off. */
    public Optional<Integer> grpcPort() {
        return deployment.grpcPort();
    }

    /** The port of the listener of the bridge; absent if it is off. */
    public Optional<Integer> bridgePort() {
        return deployment.bridgePort();
    }

    public int managementPort() {
        return deployment.managementPort();
    }

    /** Number of requests that are being answered now. */
    public int inFlight() {
        return verticles.inFlight().inFlight();
    }

    /**
     * Becomes not ready, keeps answering for the drain delay, lets the requests in flight finish within the drain
     * time-out, then stops everything else.
     */
    public Future<Void> stop() {
        verticles.inFlight().drain();
        return delayed().compose(over -> close());
    }

    private Future<Void> close() {
        return deployment.undeploy().onComplete(done -> metrics.close());
    }

    /** A load balancer still sends requests until it has seen that this instance is not ready. */
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

    private static int instances(Configuration configuration) {
        int given = configuration.runtime().instances();
        return given > 0 ? given : Runtime.getRuntime().availableProcessors();
    }
}
