package io.revoker;

import io.revoker.config.Configuration;
import io.revoker.config.ConfigurationLoader;
import io.revoker.http.Listeners;
import io.revoker.redis.EmbeddedRedis;
import io.revoker.testing.RawConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A service in this JVM, on free ports, with two event loops and a name space of its own in a Redis that the tests share. */
final class RunningService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final Service service;
    private final Listeners listeners;
    private final Vertx vertx;

    private RunningService(Service service, Listeners listeners, Vertx vertx) {
        this.service = service;
        this.listeners = listeners;
        this.vertx = vertx;
    }

    private static final class Shared {
        private static final EmbeddedRedis REDIS = start();

        private static EmbeddedRedis start() {
            try {
                EmbeddedRedis redis = EmbeddedRedis.start(
                        new EmbeddedRedis.Settings(Files.createTempDirectory("revoker"), 0, "everysec", 0));
                Runtime.getRuntime().addShutdownHook(new Thread(redis::close, "shared redis"));
                return redis;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static RunningService start(String... options) {
        return on(Shared.REDIS.url(), options);
    }

    static RunningService on(String redisUrl, String... options) {
        Stream<String> own = Stream.of(
                "--http.port=0",
                "--management.port=0",
                "--runtime.instances=2",
                "--redis.prefix=t" + PREFIXES.incrementAndGet());
        List<String> arguments = Stream.concat(own.filter(option -> !isGiven(option, options)), Stream.of(options))
                .toList();
        Configuration configuration = ConfigurationLoader.load(arguments, Map.of());
        Listeners listeners = new Listeners(configuration.http());
        Vertx vertx = listeners.vertx(configuration.runtime().instances());
        try {
            return new RunningService(get(Service.start(vertx, configuration, redisUrl)), listeners, vertx);
        } catch (AssertionError | RuntimeException e) {
            get(vertx.close());
            throw e;
        }
    }

    Service service() {
        return service;
    }

    /** Connections that are open now, to both listeners. */
    int connections() {
        return listeners.connections();
    }

    Future<Void> stop() {
        return service.stop().eventually(vertx::close);
    }

    int port() {
        return service.port();
    }

    RawConnection connect() {
        return RawConnection.to(service.port());
    }

    RawConnection.Answer readiness() {
        try (RawConnection management = RawConnection.to(service.managementPort())) {
            return management.exchange("GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n");
        }
    }

    /** Stops it, if that has not been done. */
    @Override
    public void close() {
        get(stop());
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean isGiven(String option, String... options) {
        String name = option.substring(0, option.indexOf('=') + 1);
        return Stream.of(options).anyMatch(given -> given.startsWith(name));
    }
}
