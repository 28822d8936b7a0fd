package io.revoker.http.ssf;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys by which authorizations of receivers are encrypted change while the service runs. */
class PushKeyRotationTest {
    private static final String OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
    private static final String NEW = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=\n";
    private static final String AUTHORIZATION = "Bearer x-5u1Kd0Vq";

    private final String prefix = Api.fresh("rotation");
    private final PushEndpoint endpoint = PushEndpoint.start();
    private final LogCapture log = LogCapture.open(Level.INFO);
    private MountedFiles mounted;
    private Path file;
    private RunningService service;
    private Transmitting to;
    private Receiver receiver;

    @BeforeEach
    void start(@TempDir Path directory) {
        mounted = MountedFiles.in(directory.resolve("keys"));
        file = mounted.put("push.keys", OLD);
        service = RunningService.reading(Transmitting.options(
                directory,
                "--redis.prefix=" + prefix,
                "--reload.interval=20ms",
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.key-file=" + file));
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterEach
    void close() {
        to.removeStreams();
        service.close();
        endpoint.close();
        log.close();
    }

    @Test
    void endsWithTheOldKeyRemoved() {
        String stream = receiver.stream(endpoint.delivery("'" + AUTHORIZATION + "'"));
        String before = stored(stream);

        put(OLD + NEW, 1);
        put(NEW + OLD, 2);
        until("encrypted anew", () -> !stored(stream).equals(before));
        put(NEW, 3);

        endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));
        assertThat(endpoint.received())
                .allMatch(received -> received.header("Authorization").equals(AUTHORIZATION));
        assertThat(log.lines())
                .filteredOn(line -> line.contains("authorization_header encrypted by the first key"))
                .singleElement()
                .asString()
                .startsWith("INFO ")
                .contains("caller=" + Transmitting.FOLLOWER, "stream=" + stream);
    }

    @Test
    void encryptsWhatComesByTheNewKey() {
        put(NEW + OLD, 1);
        receiver.stream(endpoint.delivery("'" + AUTHORIZATION + "'"));
        put(NEW, 2);

        endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));
        assertThat(endpoint.received().get(0).header("Authorization")).isEqualTo(AUTHORIZATION);
    }

    @Test
    void keepsTheKeysThatItHasIfTheNewFileHasFaults() {
        receiver.stream(endpoint.delivery("'" + AUTHORIZATION + "'"));

        mounted.put("push.keys", "no key\n");
        until("refused", () -> refusals().size() == 1);

        endpoint.awaitAccepted(receiver, List.of(to.revoke("corp")));
        assertThat(endpoint.received().get(0).header("Authorization")).isEqualTo(AUTHORIZATION);
        assertThat(refusals())
                .singleElement()
                .asString()
                .startsWith("ERROR io.revoker.wiring.Reload reload refused: ssf.push.key-file: " + file
                        + ": a line that is no key (expected: 1 to 16 lines of base64");
    }

    private List<String> refusals() {
        return log.lines().stream()
                .filter(line -> line.contains("reload refused"))
                .toList();
    }

    private void put(String keys, int times) {
        mounted.put("push.keys", keys);
        String taken = "reload took over: the keys of " + file;
        until(
                "taken over",
                () -> log.lines().stream().filter(line -> line.endsWith(taken)).count() == times);
    }

    private String stored(String stream) {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            return redis.call("HGET", prefix + ":{streams}:s:" + stream, "authorization")
                    .toString();
        }
    }
}
