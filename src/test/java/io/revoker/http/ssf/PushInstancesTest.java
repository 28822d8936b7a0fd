package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are pushed by one instance, by another one, and after a restart. */
class PushInstancesTest {
    private static final String PREFIX = Api.fresh("push");
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    private final PushEndpoint endpoint = PushEndpoint.start();

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(
                directory,
                "--ssf.verification-interval=0s",
                "--redis.prefix=" + PREFIX,
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.timeout=30s",
                "--ssf.push.longest-pause=500ms");
        service = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
        endpoint.close();
    }

    @Test
    void pushesAfterARestartWhatCouldNotBePushedBefore() {
        endpoint.behave("503");
        List<String> users;
        try (RunningService mortal =
                RunningService.start(Transmitting.with(options, "--redis.prefix=" + PREFIX + "-restart"))) {
            Receiver before = new Receiver(mortal, Transmitting.FOLLOWER);
            before.send("POST", "/ssf/stream", endpoint.delivery());
            users = List.of(new Transmitting(mortal).revoke("corp"), new Transmitting(mortal).revoke("corp"));
            Waiting.until("tried", () -> !endpoint.received().isEmpty());
        }
        endpoint.behave("202");
        try (RunningService reborn =
                RunningService.start(Transmitting.with(options, "--redis.prefix=" + PREFIX + "-restart"))) {
            endpoint.awaitAccepted(new Receiver(reborn, Transmitting.FOLLOWER), users);
        }
    }

    /** The one that dies has the stream; the other one takes it over when its lease has ended. */
    @Test
    void pushesByAnotherInstanceWhenOneHasDied() {
        String stream = receiver.stream(endpoint.delivery());
        try (PushEndpoint free = PushEndpoint.start();
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", PREFIX + ":{streams}:s:" + stream, "lease", "another-instance 99999999999999");
            receiver.send("POST", "/ssf/stream", free.delivery());
            String done = done(redis, stream);
            to.revokeBy("{'target':{'realm_name':'corp','kid':'" + Api.fresh("key") + "'}}");
            String user = to.revoke("corp");
            free.awaitAccepted(receiver, List.of(user));
            String later = to.revoke("corp");
            free.awaitAccepted(receiver, List.of(user, later));
            assertThat(endpoint.received()).as("another instance has it").isEmpty();
            assertThat(done(redis, stream)).as("nothing was read for it").isEqualTo(done);

            redis.call("HSET", PREFIX + ":{streams}:s:" + stream, "lease", "another-instance 1");

            endpoint.awaitAccepted(receiver, List.of(user, later));
        }
    }

    private static String done(RedisClient redis, String stream) {
        return redis.call("HGET", PREFIX + ":{streams}:s:" + stream, "done").toString();
    }

    @Test
    void pushesEachEventByOneInstance() {
        try (RunningService other = RunningService.start(options)) {
            receiver.send("POST", "/ssf/stream", endpoint.delivery());
            List<String> users = IntStream.range(0, 20)
                    .mapToObj(i -> new Transmitting(i % 2 == 0 ? service : other).revoke("corp"))
                    .toList();
            endpoint.awaitAccepted(receiver, users);
            assertThat(endpoint.users(receiver)).doesNotHaveDuplicates();
        }
    }
}
