package io.revoker;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.config.Configuration;
import io.revoker.testing.Configurations;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.wiring.Metrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that can't be: one reason, in the future and not thrown, and nothing of it is left in the Vert.x or at Redis. */
class ServiceStartTest {
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /nowhere HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "",
            "");

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        get(vertx.close());
        redis.close();
    }

    @Test
    void refusesASecondServiceInTheSameVertx() {
        Service first = get(Service.start(vertx, configuration(), redis.url(), Metrics.create()));

        assertThat(failure(redis.url()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Vert.x: had a service before (expected: one of its own for each start)");

        try (RawConnection connection = RawConnection.to(first.port())) {
            assertThat(connection.exchange(Requests.check("unknown")).status()).isEqualTo(401);
        }
    }

    @Test
    void ignoresAnUpgradeToHttp2InAVertxOfAnApplication() {
        Service service = get(Service.start(vertx, configuration(), redis.url(), Metrics.create()));

        for (int port : List.of(service.port(), service.managementPort())) {
            try (RawConnection connection = RawConnection.to(port)) {
                assertThat(connection.send(UPGRADE).readNext().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void namesTheFaultsOfAClientFile() throws IOException {
        Path file = Files.writeString(directory.resolve("clients.yaml"), "clients:\n  - id: a\n");

        assertThat(failure(redis.url(), "--clients.file=" + file)).hasMessageContaining("clients[0]");

        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void namesAUrlThatIsNoneWithoutShowingIt() {
        assertThat(failure("redis://user:pass-word-7@[nowhere"))
                .hasMessageStartingWith("redis.url: *** (expected: a host, as in redis://")
                .hasMessageNotContaining("pass-word-7");

        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void startsAfterAStartThatNeverBegan() {
        assertThat(failure("nonsense")).isNotNull();

        assertThat(get(Service.start(vertx, configuration(), redis.url(), Metrics.create()))
                        .port())
                .isPositive();
    }

    @Test
    void closesTheConnectionsThatItGotWhenOthersAreRefused() {
        try (RedisClient eyes = redis.client();
                LogCapture log = LogCapture.open(Level.WARN)) {
            eyes.call("CONFIG", "SET", "maxclients", "4");

            assertThat(failure(redis.url())).hasMessageContaining("Redis");

            nothingIsLeft(eyes);
            get(vertx.close());
            assertThat(log.lines())
                    .as("connections that were lost, not closed")
                    .noneMatch(line -> line.contains("redis connection lost"));
        }
    }

    @Test
    void closesItsConnectionsWhenTheMarksCantBeRead() {
        try (RedisClient eyes = redis.client();
                LogCapture log = LogCapture.open(Level.WARN)) {
            eyes.call("SET", "broken:{log}:m:0", "no hash");

            assertThat(failure(redis.url(), "--redis.prefix=broken")).hasMessageContaining("WRONGTYPE");

            nothingIsLeft(eyes);
            get(vertx.close());
            assertThat(log.lines()).as("connections that were lost, not closed").isEmpty();
        }
    }

    @Test
    void closesItsConnectionsWhenAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RedisClient eyes = redis.client()) {
            String port = "port=" + taken.getLocalPort();
            assertThat(failure(redis.url(), "--management." + port, "--http.drain-delay=5m"))
                    .as("at once: no client is sending requests yet")
                    .hasMessageContaining("management.port");

            nothingIsLeft(eyes);
        }
    }

    private void nothingIsLeft(RedisClient eyes) {
        assertThat(vertx.deploymentIDs()).isEmpty();
        until(
                "only the connection of this test",
                () -> ((String) eyes.call("CLIENT", "LIST")).lines().count() == 1);
    }

    private Throwable failure(String redisUrl, String... options) {
        return get(Service.start(vertx, configuration(options), redisUrl, Metrics.create())
                .<Throwable>map(started -> new AssertionError("started (expected: a failure)"))
                .otherwise(failure -> failure));
    }

    private static Configuration configuration(String... options) {
        Stream<String> ours = Stream.of("--http.port=0", "--management.port=0", "--runtime.instances=2")
                .filter(own ->
                        Stream.of(options).noneMatch(given -> given.startsWith(own.substring(0, own.length() - 1))));
        List<String> arguments = Stream.concat(ours, Stream.of(options)).toList();
        return Configurations.of(arguments, Map.of());
    }
}
