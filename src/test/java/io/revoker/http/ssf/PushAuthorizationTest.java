package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import io.revoker.wiring.logging.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the receiver of a stream wants to find in Authorization (RFC 8935), which is a secret. */
class PushAuthorizationTest {
    private static final String PREFIX = Api.fresh("authorization");
    private static final String SECRET = "receiver-secret-Vq81LxT2mVw0s";
    private static final String FIRST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String SECOND_KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=";

    @TempDir
    private static Path directory;

    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    private final PushEndpoint endpoint = PushEndpoint.start();

    @BeforeAll
    static void start() throws IOException {
        options = Transmitting.options(
                directory,
                "--redis.prefix=" + PREFIX,
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.key-file=" + keys("first", FIRST_KEY),
                "--ssf.push.longest-pause=500ms");
        service = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    private static Path keys(String name, String... keys) throws IOException {
        return Files.writeString(directory.resolve(name + ".keys"), String.join("\n", keys) + "\n");
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

    private static String with(String stream, String settings) {
        return settings.replaceFirst("\\{", "{'stream_id':'" + stream + "',");
    }

    @Test
    void isSentWithEachEvent() {
        receiver.send("POST", "/ssf/stream", endpoint.delivery("'Bearer " + SECRET + "'"));
        endpoint.behave("503", "202");

        String user = to.revoke("corp");

        endpoint.awaitAccepted(receiver, List.of(user));
        assertThat(endpoint.received()).hasSizeGreaterThan(1);
        assertThat(endpoint.received())
                .allMatch(received -> received.header("Authorization").equals("Bearer " + SECRET));
    }

    @Test
    void isInNoAnswerAndNoLogAndNotInRedis() {
        LogLevel.set("trace");
        try (LogCapture log = LogCapture.open(Level.TRACE);
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            Reply created = receiver.send("POST", "/ssf/stream", endpoint.delivery("'Bearer " + SECRET + "'"));
            assertThat(created.status()).as(created.body()).isEqualTo(201);
            String stream = created.json().required("stream_id").textValue();
            Reply changed =
                    receiver.send("PATCH", "/ssf/stream", with(stream, endpoint.delivery("'Basic " + SECRET + "'")));
            Reply shown = receiver.ask("GET", "/ssf/stream?stream_id=" + stream);
            Reply refused = receiver.send("POST", "/ssf/stream", endpoint.delivery("'" + SECRET + "\\u0000'"));
            Reply broken = receiver.send("POST", "/ssf/stream", endpoint.delivery("'" + SECRET + "\\'"));
            endpoint.behave("401", "202");
            endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));

            String stored = redis.call("HGETALL", key(stream)).toString();

            assertThat(stored).contains("endpoint", endpoint.url());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(broken.status()).isEqualTo(400);
            assertThat(created.body()
                            + changed.body()
                            + shown.body()
                            + refused.body()
                            + broken.body()
                            + stored
                            + log.lines())
                    .doesNotContain(SECRET)
                    .doesNotContain("authorization_header\":");
        } finally {
            LogLevel.set("info");
        }
    }

    private static String key(String stream) {
        return PREFIX + ":{streams}:s:" + stream;
    }

    @Test
    void staysWithOtherChangesAndGoesWithADeliveryWithoutIt() {
        String stream = receiver.stream(endpoint.delivery("'Bearer " + SECRET + "'"));

        receiver.send("PATCH", "/ssf/stream", with(stream, "{'description':'x'}"));
        awaitNext(Optional.of("Bearer " + SECRET));
        receiver.send("PATCH", "/ssf/stream", with(stream, endpoint.delivery("'Basic " + SECRET + "'")));
        awaitNext(Optional.of("Basic " + SECRET));
        receiver.send("PATCH", "/ssf/stream", with(stream, endpoint.delivery()));
        awaitNext(Optional.empty());
    }

    private void awaitNext(Optional<String> authorization) {
        endpoint.received().clear();
        endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));
        assertThat(Optional.ofNullable(endpoint.received().get(0).header("Authorization")))
                .isEqualTo(authorization);
    }

    @Test
    void isSentByOtherInstancesThatHaveItsKeyAmongTheirs() throws IOException {
        receiver.send("POST", "/ssf/stream", endpoint.delivery("'Bearer " + SECRET + "'"));
        service.close();
        try (RunningService other = RunningService.start(
                Transmitting.with(options, "--ssf.push.key-file=" + keys("both", SECOND_KEY, FIRST_KEY)))) {
            Transmitting there = new Transmitting(other);
            endpoint.awaitAccepted(there.receiver(), List.of(there.revoke("corp")));
            assertThat(endpoint.received().get(0).header("Authorization")).isEqualTo("Bearer " + SECRET);
        } finally {
            start();
        }
    }

    /** A receiver would refuse events without it, and events that are refused for long are lost. */
    @Test
    void isWaitedForByInstancesWithoutItsKey() throws IOException {
        receiver.send("POST", "/ssf/stream", endpoint.delivery("'Bearer " + SECRET + "'"));
        service.close();
        String user;
        try (LogCapture log = LogCapture.open(Level.WARN);
                RunningService other = RunningService.start(
                        Transmitting.with(options, "--ssf.push.key-file=" + keys("second", SECOND_KEY)))) {
            Transmitting there = new Transmitting(other);
            user = there.revoke("corp");
            Waiting.until(
                    "logged",
                    () -> log.lines().stream()
                            .anyMatch(
                                    line -> line.contains("events not pushed") && line.contains("ssf.push.key-file")));
            assertThat(endpoint.received()).isEmpty();
            assertThat(Scrape.of(other).counted("revoker_ssf_pushes_total")).containsOnlyKeys("{result=\"key\"}");
        } finally {
            start();
        }
        endpoint.awaitAccepted(receiver, List.of(user));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Bearer x\\r\\nX-Forged: 1'",
                "'Bearer x\\ny'",
                "'Bearer \\u0000'",
                "'Bearer \\u00e4'",
                "' Bearer x'",
                "'Bearer x '",
                "''",
                "'LONG'",
                "7",
                "['Bearer x']"
            })
    void isRefusedIfItIsNoHeader(String value) {
        String given = value.replace("LONG", "x".repeat(4097));
        Reply reply = receiver.send("POST", "/ssf/stream", endpoint.delivery(given));
        assertThat(reply.status() + reply.json().path("detail").asText())
                .startsWith("400delivery.authorization_header: ")
                .doesNotContain("Bearer", "xxx");
    }

    @Test
    void mayHave4096Characters() {
        String longest = "x".repeat(4096);
        receiver.send("POST", "/ssf/stream", endpoint.delivery("'" + longest + "'"));
        endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));
        assertThat(endpoint.received().get(0).header("Authorization")).isEqualTo(longest);
    }
}
