package io.revoker;

import io.revoker.bus.Codecs;
import io.revoker.config.Configuration;
import io.revoker.config.RedisUrl;
import io.revoker.config.Secret;
import io.revoker.http.server.HttpVerticle;
import io.revoker.http.server.Listeners;
import io.revoker.http.server.ManagementVerticle;
import io.revoker.trace.Tracing;
import io.revoker.watch.WatchVerticle;
import io.revoker.wiring.Metrics;
import io.revoker.wiring.SettingsSource;
import io.revoker.wiring.Verticles;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A running service: starts its verticles from the store upwards, and stops them from the edge downwards. */
public final class Service {
    private static final String CLAIM = "revoker.service";

    private final Vertx vertx;
    private final Configuration configuration;
    private final Metrics metrics;
    private final Verticles verticles;
    private final ManagementVerticle management;
    private final List<HttpVerticle> listeners = new ArrayList<>();
    private final List<String> edge = new CopyOnWriteArrayList<>();
    private final List<String> core = new CopyOnWriteArrayList<>();

    private Service(Vertx vertx, SettingsSource source, RedisUrl redisUrl, Metrics metrics, InstantSource machine) {
        this.vertx = vertx;
        this.configuration = source.first();
        this.metrics = metrics;
        this.verticles = new Verticles(vertx, source, redisUrl, metrics, machine);
        this.management = verticles.management();
    }

    /**
     * A Vert.x as the service likes it: an event loop for each instance and one more, the native transport if there is one, and listeners whose connections are
     * bounded from the moment of their acceptance.
     *
     * @param metrics which its event bus, pools and connections become part of
     * @param tracing which its requests become part of
     */
    public static Vertx vertx(Configuration configuration, Metrics metrics, Tracing tracing) {
        return new Listeners(configuration.http())
                .vertx(instances(configuration) + 1, metrics.ofVertx(), tracing.ofVertx());
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
        return start(vertx, source, redisUrl, metrics, InstantSource.system());
    }

    /**
     * The same, on a machine whose clock is another one.
     *
     * @param machine compared with the clock of Redis, which counts
     */
    public static Future<Service> start(
            Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics, InstantSource machine) {
        return Future.succeededFuture(redisUrl)
                .map(url -> prepared(vertx, source, url, metrics, machine))
                .compose(service -> service.deploy()
                        .map(service)
                        .recover(failure -> service.close().transform(closed -> Future.failedFuture(failure))))
                .onFailure(failure -> metrics.close());
    }

    private static Service prepared(
            Vertx vertx, SettingsSource source, String redisUrl, Metrics metrics, InstantSource machine) {
        Service service = new Service(vertx, source, RedisUrl.require(new Secret(redisUrl)), metrics, machine);
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
        return verticles.traffic().inFlight();
    }

    /**
     * Turns readiness off, answers on for the drain delay, lets the requests in flight finish within the drain time-out, then stops everything
     * else.
     */
    public Future<Void> stop() {
        verticles.traffic().drain();
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

    /**
     * Vert.x gives the event loops to the verticles in turns. So of {@link #vertx one more than instances} the first has what serves no clients, and each of
     * the others a listener with the verticle that it asks.
     */
    private Future<Void> deploy() {
        return deploy(verticles.feed(), core)
                .compose(done -> each(verticles::revocation, core))
                .compose(done -> deploy(verticles.revocationOfUsers(), core))
                .compose(done -> each(this::listener, edge))
                .compose(done -> deploy(management, core))
                .compose(done -> watch());
    }

    private HttpVerticle listener() {
        HttpVerticle listener = verticles.http();
        listeners.add(listener);
        return listener;
    }

    private Future<Void> watch() {
        return verticles
                .watch()
                .map(watch -> vertx.deployVerticle(watch, WatchVerticle.OPTIONS)
                        .onSuccess(core::add)
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> each(Supplier<? extends Deployable> verticle, List<String> ids) {
        return Future.join(IntStream.range(0, instances(configuration))
                        .mapToObj(i -> deploy(verticle.get(), ids))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> deploy(Deployable verticle, List<String> ids) {
        return vertx.deployVerticle(verticle).onSuccess(ids::add).mapEmpty();
    }

    private static int instances(Configuration configuration) {
        int given = configuration.runtime().instances();
        return given > 0 ? given : Runtime.getRuntime().availableProcessors();
    }
}
