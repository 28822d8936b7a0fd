package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.Service;
import io.revoker.cluster.Cluster;
import io.revoker.config.Configuration;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.server.BoundedVertx;
import io.revoker.testing.RedisServers.Server;
import io.revoker.trace.Tracing;
import io.revoker.wiring.Metrics;
import io.revoker.wiring.SettingsSource;
import io.revoker.wiring.StartProblems.NotStarted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A whole service in this process, on free ports, with two event loops, under a prefix of its own in a Redis that others use too. */
public final class RunningService implements AutoCloseable {
    /** As long as a process waits for it: what Redis does not answer is asked again. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final AtomicLong PREFIXES = new AtomicLong(System.nanoTime());
    private static final Map<Server, RunningService> SHARED = new ConcurrentHashMap<>();

    private final Service service;
    private final Vertx vertx;
    private final Tracing tracing;

    private RunningService(Service service, Vertx vertx, Tracing tracing) {
        this.service = service;
        this.vertx = vertx;
        this.tracing = tracing;
    }

    /** The one with the default configuration; it ends with the test run. Use realms and users of your own. */
    public static RunningService shared(Server redis) {
        return SHARED.computeIfAbsent(redis, server -> on(server.url()));
    }

    /**
     * One of the test's own, on the embedded Redis.
     *
     * @param options such as {@code --http.max-in-flight=3}
     */
    public static RunningService start(String... options) {
        return on(RedisServers.embedded().url(), options);
    }

    public static RunningService on(String redisUrl, String... options) {
        return on(redisUrl, InstantSource.system(), options);
    }

    /** On a machine with another clock. */
    public static RunningService on(String redisUrl, InstantSource machine, String... options) {
        return start(redisUrl, configuration(options), SettingsSource::of, machine);
    }

    /** One that trusts an issuer. */
    public static RunningService trusting(JwtVerifier jwts, String redisUrl, String... options) {
        return start(
                configuration(options),
                (vertx, configuration, metrics) -> Service.start(
                        vertx, SettingsSource.of(configuration), redisUrl, metrics, InstantSource.system(), jwts));
    }

    /** One that takes over what changes in the files that its options name. */
    public static RunningService reading(String... options) {
        return start(
                RedisServers.embedded().url(),
                configuration(options),
                first -> source(options),
                InstantSource.system());
    }

    private static RunningService start(
            String redisUrl,
            Configuration configuration,
            Function<Configuration, SettingsSource> source,
            InstantSource machine) {
        return start(
                configuration,
                (vertx, settings, metrics) -> Service.start(vertx, source.apply(settings), redisUrl, metrics, machine));
    }

    private interface Start {
        Future<Service> of(Vertx vertx, Configuration configuration, Metrics metrics);
    }

    private static RunningService start(Configuration configuration, Start start) {
        BoundedVertx bounded = new BoundedVertx(configuration.http());
        Metrics metrics = Metrics.of(configuration.management());
        Tracing tracing = Tracing.of(configuration.tracing());
        VertxBuilder builder = bounded.builder(metrics.ofVertx(), tracing.ofVertx());
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(configuration.runtime().instances());
        Vertx vertx = configuration.cluster().enabled()
                ? get(Cluster.join(builder, options, configuration.cluster()), START)
                : builder.with(options).build();
        try {
            return new RunningService(get(start.of(vertx, configuration, metrics), START), vertx, tracing);
        } catch (AssertionError | RuntimeException e) {
            get(vertx.close());
            throw e;
        }
    }

    public Service service() {
        return service;
    }

    /** For verticles of the test's own. */
    public Vertx vertx() {
        return vertx;
    }

    /** Requests that are being answered. */
    public int inFlight() {
        return service.inFlight();
    }

    /** Connections to its port that it has not closed. */
    public int connections() {
        return OpenConnections.to(port());
    }

    public int port() {
        return service.port();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public URI managementUri(String path) {
        return URI.create("http://127.0.0.1:" + service.managementPort() + path);
    }

    public Call call(String method, String path) {
        return Call.of(method, uri(path));
    }

    public RawConnection connect() {
        return RawConnection.to(port());
    }

    public RawConnection.Answer readiness() {
        try (RawConnection management = RawConnection.to(service.managementPort())) {
            return management.exchange("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    public Future<Void> stop() {
        return service.stop().eventually(vertx::close).eventually(tracing::close);
    }

    @Override
    public void close() {
        get(stop());
    }

    private static SettingsSource source(String... options) {
        try {
            return SettingsSource.of(arguments(options), Map.of());
        } catch (NotStarted e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Configuration configuration(String... options) {
        return Configurations.of(arguments(options), Map.of());
    }

    private static List<String> arguments(String... options) {
        Stream<String> ours = Stream.of(
                        "--http.port=0",
                        "--management.port=0",
                        "--runtime.instances=2",
                        "--redis.prefix=t" + PREFIXES.incrementAndGet())
                .filter(our -> !isGiven(our, options));
        return Stream.concat(ours, Stream.of(options)).toList();
    }

    private static boolean isGiven(String option, String... options) {
        String name = option.substring(0, option.indexOf('=') + 1);
        return Stream.of(options).anyMatch(given -> given.startsWith(name));
    }
}
