package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.cli.CommandRun;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a Cluster, while entries are written and the oldest are removed: whoever reads finds the trail whole. */
class TrimmedUnderLoadTest {
    private static final int WRITERS = 4;
    private static final String REASON = "word ".repeat(50).strip();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong revoked = new AtomicLong();

    @Test
    void isWholeForOneWhoReadsItMeanwhile() {
        try (RedisCluster cluster = RedisCluster.start(3, 0);
                RunningService service =
                        RunningService.on(cluster.url(), "--audit.interval=100ms", "--audit.max-size=1MiB")) {
            List<Thread> writers = Stream.generate(() -> new Thread(() -> revoke(service)))
                    .limit(WRITERS)
                    .toList();
            writers.forEach(Thread::start);
            try {
                for (int i = 0; i < 5; i++) {
                    long before = revoked.get();
                    Waiting.until("more is written", () -> revoked.get() > before || !areAlive(writers));
                    CommandRun verify = CommandRun.of(service, "audit", "verify");
                    assertThat(verify.out()).endsWith(": whole\n");
                }
                Waiting.until(
                        "some are removed",
                        () -> service.call("GET", "/v1/audit/chains")
                                        .send()
                                        .body()
                                        .contains("\"removed\"")
                                || !areAlive(writers));
                assertThat(CommandRun.of(service, "audit", "verify").out()).endsWith(": whole\n");
                assertThat(areAlive(writers)).isTrue();
            } finally {
                over.set(true);
                Waiting.until("the writers have ended", () -> writers.stream().noneMatch(Thread::isAlive));
            }
        }
    }

    private static boolean areAlive(List<Thread> threads) {
        return threads.stream().allMatch(Thread::isAlive);
    }

    private void revoke(RunningService service) {
        while (!over.get()) {
            Reply reply = service.call("POST", "/v1/revocations")
                    .json("{\"target\":{\"realm_name\":\"r\",\"username\":\"u" + revoked.incrementAndGet() % 1000
                            + "\"},\"reason\":{\"code\":\"policy\",\"text\":\"" + REASON + "\"}}")
                    .send();
            if (reply.status() != 200) {
                throw new IllegalStateException(reply.body());
            }
        }
    }
}
