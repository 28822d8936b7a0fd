package io.revoker.testing;

import io.revoker.Service;
import io.revoker.config.Configuration;
import io.revoker.config.ConfigurationLoader;
import io.revoker.testing.RedisServers.Server;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A whole service in this process, on free ports, under a prefix of its own in a Redis that others use too. */
public final class RunningService implements AutoCloseable {
    private static final AtomicLong PREFIXES = new AtomicLong(System.nanoTime());
    private static final Map<Server, RunningService> SHARED = new ConcurrentHashMap<>();

    private final Vertx vertx;
    private final Service service;

    private RunningService(Vertx vertx, Service service) {
        this.vertx = vertx;
        this.service = service;
    }

    /** The one with the default configuration; it ends with the test run. Use realms and users of your own. */
    public static RunningService shared(Server redis) {
        return SHARED.computeIfAbsent(redis, server -> start(server.url()));
    }

    /**
     * One of the test's own.
     *
     * @param options such as {@code --http.max-lines=3}
     */
    public static RunningService start(String redisUrl, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("--http.port=0", "--management.port=0", "--redis.prefix=http-" + PREFIXES.incrementAndGet()));
        arguments.addAll(List.of(options));
        Configuration configuration = ConfigurationLoader.load(arguments, Map.of());
        Vertx vertx = Service.vertx(configuration);
        return new RunningService(vertx, Waiting.get(Service.start(vertx, configuration, redisUrl)));
    }

    /** For verticles of the test's own. */
    public Vertx vertx() {
        return vertx;
    }

    /** Requests that are being answered. */
    public int inFlight() {
        return service.inFlight();
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

    @Override
    public void close() {
        Waiting.get(service.stop().eventually(vertx::close));
    }
}
