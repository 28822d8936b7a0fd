package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
                RunningService.until(
                        "registered",
                        () -> connection.exchange(Requests.register(token)).status() != 503);
                redis.process().destroyForcibly();
                RunningService.until("answered again", () -> {
                    int status = connection.exchange(Requests.check(token)).status();
                    assertThat(status).isIn(200, 503);
                    return status == 200;
                });
            }
            assertThat(log.lines().stream().filter(line -> line.contains("embedded redis started again")))
                    .hasSize(3);
        }
    }

    @Test
    void triesUntilItsPortIsFreeAgain() throws IOException {
        try (OwnRedis redis = OwnRedis.start(directory);
                LogCapture log = LogCapture.open(Level.WARN)) {
            try (ServerSocket thief = new ServerSocket()) {
                RunningService.until("the thief is faster", () -> steals(thief, redis));
                RunningService.until("says so", () -> log.lines().stream().anyMatch(line -> line.contains("is taken")));
            }
            RunningService.until("back", () -> answers(redis));
        }
    }

    private static boolean steals(ServerSocket thief, OwnRedis redis) {
        redis.processes().forEach(process -> {
            process.destroyForcibly();
            RunningService.until("dead", () -> !process.isAlive());
        });
        try {
            thief.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean answers(OwnRedis redis) {
        try (RawConnection connection = RawConnection.to(redis.port())) {
            return connection.send("PING\r\nQUIT\r\n").readToEnd().startsWith("+PONG");
        } catch (java.io.UncheckedIOException refused) {
            return false;
        }
    }
}
