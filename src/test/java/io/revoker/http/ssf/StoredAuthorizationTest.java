package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authorization of a receiver in Redis, which others can write to. */
class StoredAuthorizationTest {
    private static final String PREFIX = Api.fresh("stored");
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String AUTHORIZATION = "'Bearer x-5u1Kd0Vq'";

    private final PushEndpoint endpoint = PushEndpoint.start();
    private RunningService service;
    private Transmitting to;
    private Receiver receiver;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        service = RunningService.start(Transmitting.options(
                directory,
                "--redis.prefix=" + PREFIX,
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.key-file=" + Files.writeString(directory.resolve("keys"), KEY + "\n"),
                "--ssf.push.longest-pause=500ms"));
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterEach
    void close() {
        to.removeStreams();
        service.close();
        endpoint.close();
    }

    private static String key(String stream) {
        return PREFIX + ":{streams}:s:" + stream;
    }

    /** Who may write to Redis, but does not have the keys. */
    @Test
    void isSentToNoOtherPlaceAndForNoOtherStream() {
        String stream = receiver.stream(endpoint.delivery(AUTHORIZATION));
        try (PushEndpoint thief = PushEndpoint.start();
                PushEndpoint honest = PushEndpoint.start();
                LogCapture log = LogCapture.open(Level.WARN);
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            String stolen = redis.call("HGET", key(stream), "authorization").toString();
            assertThat(stolen).endsWith(' ' + endpoint.url());
            String other = receiver.stream(endpoint.delivery());
            redis.call("HSET", key(other), "authorization", stolen);
            redis.call(
                    "HSET",
                    key(stream),
                    "endpoint",
                    thief.url(),
                    "authorization",
                    stolen.replace(endpoint.url(), thief.url()));
            receiver.send("POST", "/ssf/stream", honest.delivery());

            String user = to.revoke("corp");

            honest.awaitAccepted(receiver, List.of(user));
            Waiting.until(
                    "logged",
                    () -> Stream.of(stream, other)
                            .allMatch(id -> log.lines().stream()
                                    .anyMatch(line -> line.contains("ssf.push.key-file") && line.contains(id))));
            assertThat(thief.received()).isEmpty();
            assertThat(endpoint.received()).isEmpty();
        }
    }

    /** An instance of an earlier build changes the URL alone. */
    @Test
    void endsWithItsUrl() {
        String stream = receiver.stream(endpoint.delivery(AUTHORIZATION));
        try (PushEndpoint next = PushEndpoint.start();
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(stream), "endpoint", next.url());

            next.awaitAccepted(receiver, List.of(to.revoke("corp")));

            assertThat(next.received()).allMatch(received -> received.header("Authorization") == null);
        }
    }
}
