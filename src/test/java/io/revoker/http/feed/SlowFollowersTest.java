package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.Http2Frames;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers that take no events, by HTTP/2 as well: each holds what its connection has buffers for, and no more. */
class SlowFollowersTest {
    private static final String STREAM = "/v1/revocations/stream";
    private static final int MANY = 12_000;
    private static final int BYTES_EACH = 1_000;
    private static final int STREAMS = 40;
    private static final int RECEIVED = 65_536;

    private final String prefix = Api.fresh("slow");
    private final List<RawConnection> slow = new ArrayList<>();

    @AfterEach
    void close() {
        slow.forEach(RawConnection::close);
    }

    /** The windows of its streams stay as they were: there is room for 64 KB, which its own buffers hold. */
    @Test
    void areDroppedIfTheyGrantNoMoreWindow() {
        try (RunningService service =
                        RunningService.start("--feed.buffer=64MiB", "--feed.patience=5s", "--redis.prefix=" + prefix);
                EventStream other = EventStream.of(service)) {
            follow(service, 3);
            Waiting.until("follow", () -> value(service, "revoker_feed_followers") == 4);

            revoke();

            Waiting.until("dropped", () -> value(service, "revoker_feed_dropped_total") >= 3);
            Waiting.until("left", () -> value(service, "revoker_feed_followers") == 1);
            assertThat(other.await(MANY)).hasSize(MANY);
        }
    }

    /** What they do not take would need twice the heap. */
    @Test
    void takeNoMemoryHoweverManyTheyAre() {
        int many = (int) (2 * Runtime.getRuntime().maxMemory() / ((long) MANY * BYTES_EACH));
        try (RunningService service = RunningService.start(
                        "--feed.buffer=1MiB",
                        "--feed.patience=10m",
                        "--feed.max-followers=" + (many + 1),
                        "--http.idle-timeout=10m",
                        "--redis.prefix=" + prefix);
                EventStream other = EventStream.of(service)) {
            for (int left = many; left > 0; left -= 2 * STREAMS) {
                follow(service, Math.min(STREAMS, left));
                for (int i = 0; i < Math.min(STREAMS, left - STREAMS); i++) {
                    connection(service).send("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                }
            }
            Waiting.until("follow", () -> value(service, "revoker_feed_followers") == many + 1);

            revoke();
            new Api(service).invalidateUser("last");

            other.await(event -> event.data().at("/target/username").asText().equals("last"));
            assertThat(value(service, "revoker_feed_followers")).isEqualTo(many + 1);
            assertThat(value(service, "revoker_feed_dropped_total")).isZero();
        }
    }

    private RawConnection connection(RunningService service) {
        RawConnection connection = RawConnection.to(service.port()).receiving(RECEIVED);
        slow.add(connection);
        return connection;
    }

    /** As many streams of one connection of HTTP/2, whose own window is large. */
    private void follow(RunningService service, int streams) {
        RawConnection connection = connection(service)
                .send(Http2Frames.preface())
                .send(Http2Frames.windowUpdate(Integer.MAX_VALUE - RECEIVED));
        for (int i = 0; i < streams; i++) {
            connection.send(Http2Frames.get(2 * i + 1, STREAM));
        }
    }

    /** Of users with long names. */
    private void revoke() {
        try (RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            client.call(
                    "EVAL",
                    "local t = redis.call('TIME') local name = string.rep('x', ARGV[2])"
                            + " for i = 1, ARGV[1] do redis.call('XADD', KEYS[1],"
                            + " string.format('%.0f-0', t[1] * 1000000 + t[2] + i), 'target', 'user/' .. name .. i) end",
                    "1",
                    prefix + ":{log}:events",
                    Integer.toString(MANY),
                    Integer.toString(BYTES_EACH));
        }
    }

    private static double value(RunningService service, String name) {
        return Scrape.of(service).value(name);
    }
}
