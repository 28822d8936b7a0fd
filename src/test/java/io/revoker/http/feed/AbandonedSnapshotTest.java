package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that disconnect before their snapshot has been read from the log. */
class AbandonedSnapshotTest {
    private static final String PATH = "/v1/revocations/snapshot";
    /** As many as are taken at a time. */
    private static final int MANY = 8;

    private static final int ROUNDS = 4;

    private static final long HOUR_MILLIS = 3_600_000;

    /** A timer would hold the snapshot for ever. Some others may run: those of calls to Redis. */
    @Test
    void leaveNothingBehind(@TempDir Path directory) {
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(redis.url(), "--redis.call-timeout=30s")) {
            long first = marker(service);
            for (int round = 0; round < ROUNDS; round++) {
                abandonMany(redis, service);
            }

            long last = marker(service);
            assertThat(LongStream.range(first, last)
                            .filter(timer -> service.vertx().cancelTimer(timer))
                            .count())
                    .isLessThan(ROUNDS * MANY / 2);
        }
    }

    private static void abandonMany(OwnRedis redis, RunningService service) {
        List<RawConnection> clients = new ArrayList<>();
        redis.freeze();
        for (int i = 0; i < MANY; i++) {
            clients.add(service.connect().send("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        Waiting.until("asked", () -> service.inFlight() == MANY);
        clients.forEach(RawConnection::close);
        Waiting.until("gone", () -> service.inFlight() == 0);
        redis.thaw();

        // One after the other: those that were asked for before have been taken then.
        Waiting.until("another one", () -> service.call("GET", PATH).send().status() == 200);
    }

    /** Vert.x numbers timers one after the other. */
    private static long marker(RunningService service) {
        long timer = service.vertx().setTimer(HOUR_MILLIS, over -> {});
        service.vertx().cancelTimer(timer);
        return timer;
    }
}
