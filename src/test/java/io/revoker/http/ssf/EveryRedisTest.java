package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of streams on each kind of Redis: in a Cluster they are in another slot than the log. */
@OnEveryRedis
class EveryRedisTest {
    private final Server redis;

    EveryRedisTest(Server redis) {
        this.redis = redis;
    }

    @Test
    void deliversByPollAndPush(@TempDir Path directory) {
        try (RunningService service = RunningService.on(
                        redis.url(), Transmitting.options(directory, "--ssf.push.allow-private-addresses=true"));
                PushEndpoint endpoint = PushEndpoint.start()) {
            Transmitting to = new Transmitting(service);
            Receiver receiver = to.receiver();
            String polled = receiver.stream();
            receiver.send("POST", "/ssf/stream", endpoint.delivery());
            List<String> users = to.revokeSome(5);

            assertThat(receiver.drain(polled))
                    .extracting(set -> set.at("/sub_id/user/sub").asText())
                    .isEqualTo(users);
            endpoint.awaitAccepted(receiver, users);

            receiver.removeStreams();
            assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[]");
        }
    }
}
