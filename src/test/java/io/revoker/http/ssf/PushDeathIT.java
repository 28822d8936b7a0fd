package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that pushes the events of a stream is killed while it does; another one of the same Redis goes on. */
class PushDeathIT {
    private static final int ACCEPTED = 3;

    private final String prefix = Api.fresh("death");
    private final PushEndpoint endpoint = PushEndpoint.start();

    @TempDir
    private Path directory;

    private RedisProcess redis;
    private String[] options;

    @BeforeEach
    void start() {
        redis = RedisProcess.start(RedisServers.executable(), directory);
        options = Transmitting.options(
                directory,
                "--redis.prefix=" + prefix,
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.timeout=3s",
                "--ssf.push.longest-pause=500ms");
    }

    @AfterEach
    void stop() {
        endpoint.close();
        redis.close();
    }

    @Test
    void leavesNoEventBehind() {
        String stream = createStream();
        try (JarProcess victim = victim()) {
            victim.awaitReady();
            String lease = leaseOf(stream);
            endpoint.behave(Stream.concat(Stream.generate(() -> "202").limit(ACCEPTED), Stream.of("hang"))
                    .toArray(String[]::new));
            try (RunningService survivor = RunningService.on(redis.url(), options)) {
                Receiver receiver = new Receiver(survivor, Transmitting.FOLLOWER);
                List<String> users = new Transmitting(survivor).revokeSome(20);
                Waiting.until(
                        "some are accepted, others under way",
                        () -> endpoint.received().size() > ACCEPTED);
                assertThat(leaseOf(stream)).as("is the victim's").startsWith(lease.split(" ", 2)[0]);
                endpoint.behave("202");

                victim.kill();

                endpoint.awaitAccepted(receiver, users);
                String later = new Transmitting(survivor).revoke("corp");
                endpoint.awaitAccepted(receiver, List.of(later));
                assertThat(leaseOf(stream)).doesNotStartWith(lease.split(" ", 2)[0]);
                assertThat(receiver.ask("GET", "/ssf/status?stream_id=" + stream)
                                .body())
                        .contains("\"enabled\"");
            }
        }
    }

    /** By an instance that ends before the victim begins, so that the victim has the stream. */
    private String createStream() {
        try (RunningService first = RunningService.on(redis.url(), options)) {
            return new Receiver(first, Transmitting.FOLLOWER).stream(endpoint.delivery());
        }
    }

    private JarProcess victim() {
        return JarProcess.start(
                directory,
                Stream.concat(Stream.of(options), Stream.of("--redis.url=" + redis.url()))
                        .toArray(String[]::new));
    }

    /** The instance and until when, once there is one. */
    private String leaseOf(String stream) {
        try (RedisClient client = redis.client()) {
            Waiting.until("leased", () -> lease(client, stream).contains(" "));
            return lease(client, stream);
        }
    }

    private String lease(RedisClient client, String stream) {
        return client.call("HGET", prefix + ":{streams}:s:" + stream, "lease").toString();
    }
}
