package io.revoker.wiring;

import io.revoker.bridge.BridgeVerticle;
import io.revoker.config.Configuration;
import io.revoker.http.server.GrpcVerticle;
import io.revoker.http.server.HttpVerticle;
import io.revoker.http.server.ManagementVerticle;
import io.revoker.watch.WatchVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The verticles of a service as they run: the listeners last, and first to end. */
public final class Deployment {
    private final Vertx vertx;
    private final Configuration configuration;
    private final Verticles verticles;
    private final int instances;
    private final ManagementVerticle management;
    private final List<HttpVerticle> listeners = new ArrayList<>();
    private final List<GrpcVerticle> grpcListeners = new ArrayList<>();
    private final List<BridgeVerticle> bridges = new ArrayList<>();
    private final List<String> edge = new CopyOnWriteArrayList<>();
    private final List<String> core = new CopyOnWriteArrayList<>();

    /** @param instances of those verticles that share the work */
    public Deployment(Vertx vertx, Configuration configuration, Verticles verticles, int instances) {
        this.vertx = vertx;
        this.configuration = configuration;
        this.verticles = verticles;
        this.instances = instances;
        this.management = verticles.management();
    }

    /** Of the listener for clients. */
    public int port() {
        return listeners.get(0).port();
    }

    /** Of the listener for gRPC; absent if it is off. */
    public Optional<Integer> grpcPort() {
        return grpcListeners.stream().findFirst().map(GrpcVerticle::port);
    }

    /** Of the listener of the bridge; absent if it is off. */
    public Optional<Integer> bridgePort() {
        return bridges.stream().findFirst().map(BridgeVerticle::port);
    }

    public int managementPort() {
        return management.port();
    }

    /** Ends all that runs, also after a deployment that failed half-way. */
    public Future<Void> undeploy() {
        return undeploy(edge)
                .transform(done -> verticles.auditing().keepRefusals())
                .transform(done -> undeploy(core))
                .transform(done -> verticles.end());
    }

    private Future<Void> undeploy(List<String> ids) {
        return Future.join(ids.stream().map(vertx::undeploy).toList()).mapEmpty();
    }

    /**
     * Vert.x assigns event loops to verticles in turn. Where it has one more loop than there are instances,
     * the first loop gets what serves no clients, and each other loop gets a listener and the verticle that the
     * listener sends its requests to. So nothing else may be deployed before the last listener.
     */
    public Future<Void> deploy() {
        verticles.begin();
        return deploy(verticles.feed(), core)
                .compose(done -> each(verticles::revocation, core))
                .compose(done -> deploy(verticles.revocationOfUsers(), core))
                .compose(done -> each(this::listener, edge))
                .compose(done -> deploy(management, core))
                .compose(done -> grpc())
                .compose(done -> bridge())
                .compose(done -> deploy(verticles.receipting().verticle(), core))
                .compose(done -> deploy(verticles.keys(), core))
                .compose(done -> deploy(verticles.near(), core))
                .compose(done -> events())
                .compose(done -> watch());
    }

    private HttpVerticle listener() {
        HttpVerticle listener = verticles.listeners().http();
        listeners.add(listener);
        return listener;
    }

    private Future<Void> grpc() {
        return configuration.grpc().enabled()
                ? each(this::grpcListener, edge).compose(done -> deploy(verticles.health(), core))
                : Future.succeededFuture();
    }

    private Future<Void> bridge() {
        return configuration.bridge().enabled() ? each(this::bridgeListener, edge) : Future.succeededFuture();
    }

    private BridgeVerticle bridgeListener() {
        BridgeVerticle listener = verticles.listeners().bridge();
        bridges.add(listener);
        return listener;
    }

    /** They end with the listeners: they need the others to say that they have ended. */
    private Future<Void> events() {
        return deploy(verticles.events().push(), edge)
                .compose(done -> deploy(verticles.events().poll(), edge))
                .compose(done -> deploy(verticles.receipting().canary(), edge));
    }

    private GrpcVerticle grpcListener() {
        GrpcVerticle listener = verticles.listeners().grpc();
        grpcListeners.add(listener);
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
        return Future.join(IntStream.range(0, instances)
                        .mapToObj(i -> deploy(verticle.get(), ids))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> deploy(Optional<? extends Deployable> verticle, List<String> ids) {
        return verticle.map(present -> deploy(present, ids)).orElseGet(Future::succeededFuture);
    }

    private Future<Void> deploy(Deployable verticle, List<String> ids) {
        return vertx.deployVerticle(verticle).onSuccess(ids::add).mapEmpty();
    }
}
