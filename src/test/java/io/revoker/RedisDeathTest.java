package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Redis dies alone. */
class RedisDeathTest {
    @TempDir
    private Path directory;

    @Test
    void startsItAgainWithWhatItHad() {
        try (LogCapture log = LogCapture.open(Level.WARN);
                OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(redis.url());
                RawConnection connection = service.connect()) {
            for (int death = 0; death < 3; death++) {
                String token = "survivor-" + death;
                until(
                        "registered",
                        () -> connection.exchange(Requests.register(token)).status() != 503);
                redis.process().destroyForcibly();
                until("answered again", () -> {
                    int status = connection.exchange(Requests.check(token)).status();
                    assertThat(status).isIn(200, 503);
                    return status == 200;
                });
            }
            // The last one may be written after the answer.
            until("told", () -> startsAgain(log) >= 3);
            assertThat(startsAgain(log)).isEqualTo(3);
        }
    }

    private static long startsAgain(LogCapture log) {
        return log.lines().stream()
                .filter(line -> line.contains("embedded redis started again"))
                .count();
    }

    /** With settings that it can't start with, Redis leaves its port to the thief for as long as that takes. */
    @Test
    void triesUntilItsPortIsFreeAgain() throws IOException {
        try (OwnRedis redis = OwnRedis.start(directory)) {
            Path settings = directory.resolve("redis.conf");
            String right = Files.readString(settings);
            Files.writeString(settings, "no-such-setting 1\n");
            redis.process().destroyForcibly();
            try (ServerSocket thief = new ServerSocket();
                    LogCapture log = LogCapture.open(Level.WARN)) {
                until("the port is stolen", () -> steals(thief, redis.port()));
                Files.writeString(settings, right);
                int before = log.lines().size();
                until(
                        "says so",
                        () -> log.lines().stream()
                                .skip(before)
                                .anyMatch(line -> line.contains(
                                        "embedded redis down failure=redis.embedded.port: " + redis.port())));
            }
            until("back", () -> answers(redis));
        }
    }

    /** It would know no token, and keep registrations that are lost with it. */
    @Test
    void takesNoOtherServerOnItsPortForItsOwn() throws IOException {
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(redis.url());
                RawConnection connection = service.connect()) {
            assertThat(connection.exchange(Requests.register("mine")).status()).isEqualTo(201);
            Path settings = directory.resolve("redis.conf");
            String right = Files.readString(settings);
            Files.writeString(settings, "no-such-setting 1\n");
            redis.process().destroyForcibly();
            until("its port is free", () -> redis.processes().isEmpty());
            try (RedisProcess other =
                            RedisProcess.startOn(redis.port(), RedisServers.executable(), RedisServers.directory());
                    RedisClient its = other.client()) {
                until("asked", () -> its.call("INFO", "commandstats").toString().contains("cmdstat_auth"));
                assertThat(connection.exchange(Requests.check("mine")).status()).isEqualTo(503);
                assertThat(connection.exchange(Requests.register("new")).status())
                        .isEqualTo(503);
                assertThat(its.keys("")).isEmpty();
            }
            Files.writeString(settings, right);
            until("back", () -> connection.exchange(Requests.check("mine")).status() == 200);
        }
    }

    private static boolean steals(ServerSocket thief, int port) {
        try {
            thief.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean answers(OwnRedis redis) {
        try (RedisClient client = RedisClient.of(redis.url())) {
            return client.call("PING").equals("PONG");
        } catch (java.io.UncheckedIOException refused) {
            return false;
        }
    }
}
