package io.revoker;

import io.revoker.config.Configuration;
import io.revoker.config.RedisConfig.EmbeddedConfig;
import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Secret;
import io.revoker.embedded.EmbeddedRedis;
import io.revoker.embedded.NeighbourRedis;
import io.revoker.trace.Tracing;
import io.revoker.wiring.Metrics;
import io.revoker.wiring.SettingsSource;
import io.revoker.wiring.StartChecks;
import io.revoker.wiring.StartProblems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the process: starts the service with the Redis that it needs, and stops it at whatever point the start
 * has reached.
 */
final class Launch {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    /** In addition to the time that the start waits for Redis. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SettingsSource source;
    private final Configuration configuration;
    private Optional<EmbeddedRedis> embedded = Optional.empty();
    private Optional<Tracing> tracing = Optional.empty();
    private Optional<Future<Vertx>> vertx = Optional.empty();
    private Optional<Future<Service>> service = Optional.empty();
    private volatile boolean started;

    Launch(SettingsSource source) {
        this.source = source;
        this.configuration = source.first();
    }

    void start() throws IOException, ExecutionException, TimeoutException, InterruptedException {
        Service running = await(begin(), START.plus(configuration.redis().startTimeout()));
        started = true;
        announce(running);
    }

    /**
     * The last step of the process. Exit code 0 if the service had started and closed everything; the usual cause is a
     * Ctrl-C or SIGTERM.
     */
    void end() {
        Runtime.getRuntime().halt(close() ? 0 : 1);
    }

    /**
     * Synchronized with {@link #close}, which must see everything that this starts. Vert.x is set up while Redis
     * starts.
     */
    private synchronized Future<Service> begin() throws IOException, ExecutionException, InterruptedException {
        Metrics metrics = Metrics.of(configuration.management());
        Tracing traces = Tracing.of(configuration.tracing());
        tracing = Optional.of(traces);
        FutureTask<Future<Vertx>> set = new FutureTask<>(() -> Service.vertx(configuration, metrics, traces));
        new Thread(set, "vert.x-start").start();
        String url = redisUrl();
        Future<Vertx> joining = set.get();
        Future<Service> starting = joining.compose(joined -> Service.start(joined, source, url, metrics));
        vertx = Optional.of(joining);
        service = Optional.of(starting);
        return starting;
    }

    /** The URL of the configured Redis, else of an embedded one: our own, or another instance's. */
    private String redisUrl() throws IOException {
        Optional<Secret> given = configuration.redis().server();
        EmbeddedConfig own = configuration.redis().embedded();
        if (given.isPresent()) {
            return given.get().value();
        }
        if (own.join()) {
            return NeighbourRedis.in(own.directory()).url();
        }
        embedded = Optional.of(EmbeddedRedis.start(settings(own)));
        return embedded.get().url();
    }

    private synchronized boolean close() {
        boolean closed = started;
        Duration drain =
                configuration.http().drainDelay().plus(configuration.http().drainTimeout());
        if (started) {
            LOG.atInfo().addKeyValue("drain", drain.toString()).log("stopping");
        }
        try {
            if (service.isPresent()) {
                await(
                        service.get()
                                .compose(Service::stop)
                                .eventually(this::leave)
                                .eventually(tracing.orElseThrow()::close),
                        drain.plus(GRACE).plus(configuration.tracing().otlp().timeout()));
            }
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            if (started) {
                LOG.error(
                        "stop failed: {}",
                        StartProblems.of(e).map(Object::toString).orElse(e.toString()));
            }
            closed = false;
        }
        embedded.ifPresent(EmbeddedRedis::close);
        if (started) {
            LOG.info("stopped");
        }
        return closed;
    }

    /** The other members of the cluster need not find out that this one is gone. */
    private Future<Void> leave() {
        return configuration.cluster().enabled() ? vertx.orElseThrow().compose(Vertx::close) : Future.succeededFuture();
    }

    private static <T> T await(Future<T> future, Duration time)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get(time.toSeconds(), TimeUnit.SECONDS);
    }

    private void announce(Service running) {
        embedded.ifPresent(redis -> LOG.info(
                "embedded Redis on 127.0.0.1:{}, data in {}; set REVOKER_REDIS_URL=redis://host:6379 to use another",
                redis.port(),
                configuration.redis().embedded().directory().toAbsolutePath()));
        StartChecks.warnings(configuration).forEach(LOG::warn);
        if (configuration.clients().file().isEmpty()) {
            LOG.warn("no clients.file: every caller on this host may do everything");
        }
        running.grpcPort()
                .ifPresent(port -> LOG.info(
                        "gRPC on {}:{}", Ipv6.inUrl(configuration.grpc().host()), port));
        running.bridgePort()
                .ifPresent(port -> LOG.info(
                        "bridge on {}:{}", Ipv6.inUrl(configuration.bridge().host()), port));
        String scheme = configuration.http().tls().enabled() ? "https" : "http";
        LOG.info(
                "ready on {}://{}:{}, management on http://{}:{}",
                scheme,
                Ipv6.inUrl(configuration.http().host()),
                running.port(),
                Ipv6.inUrl(configuration.management().host()),
                running.managementPort());
    }

    private static EmbeddedRedis.Settings settings(EmbeddedConfig embedded) {
        return new EmbeddedRedis.Settings(
                embedded.directory(),
                embedded.port(),
                embedded.fsync().name().toLowerCase(Locale.ROOT),
                embedded.maxMemory().bytes(),
                embedded.binary());
    }
}
