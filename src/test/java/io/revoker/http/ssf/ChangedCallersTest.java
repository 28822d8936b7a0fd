package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that lose realms, or the privilege, while events wait for them. */
class ChangedCallersTest {
    private static final String CHANGING = "changing";

    @TempDir
    private Path directory;

    private final String prefix = Api.fresh("changing");
    private Path clients;
    private RunningService service;
    private Transmitting to;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        clients = directory.resolve("changing.yaml");
        write(ClientFiles.another(CHANGING, "[feed]"));
        service = RunningService.reading(Transmitting.options(
                directory,
                "--clients.file=" + clients,
                "--redis.prefix=" + prefix,
                "--reload.interval=50ms",
                "--ssf.poll-timeout=60s",
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.longest-pause=500ms"));
        to = new Transmitting(service);
        receiver = new Receiver(service, CHANGING);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void getNothingOfALostRealmByAPollThatWaits() throws IOException {
        CompletableFuture<Reply> poll = waitingPoll();

        change(ClientFiles.another(CHANGING, "[feed]") + "    realms: [corp]\n");
        to.revoke("partners");
        String user = to.revoke("corp");

        assertThat(receiver.read(poll.join()).users()).containsExactly(user);
    }

    @Test
    void getNothingWithoutThePrivilegeByAPollThatWaits() throws IOException {
        CompletableFuture<Reply> poll = waitingPoll();

        change(ClientFiles.another(CHANGING, "[check]"));

        assertThat(poll.join().status()).isEqualTo(403);
    }

    @Test
    void arePushedNothingOfALostRealm() throws IOException {
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            endpoint.behave("503");
            receiver.send("POST", "/ssf/stream", endpoint.delivery());
            to.revoke("partners");
            Waiting.until("tried", () -> !endpoint.received().isEmpty());

            change(ClientFiles.another(CHANGING, "[feed]") + "    realms: [corp]\n");
            endpoint.behave("202");
            String user = to.revoke("corp");

            endpoint.awaitAccepted(receiver, List.of(user));
            assertThat(endpoint.acceptedUsers(receiver)).containsOnly(user);
        }
    }

    /** As if no instance had known the client for log.retention. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[check]"})
    void loseTheirStreamsAfterSomeTime(String privileges) throws IOException {
        String stream = receiver.stream();
        String kept = new Receiver(service, ClientFiles.ROOT).stream();
        try (LogCapture log = LogCapture.open(Level.WARN);
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            Waiting.until("known", () -> isKnown(redis, stream) && isKnown(redis, kept));
            change(privileges.isEmpty() ? "" : ClientFiles.another(CHANGING, privileges));
            assertThat(redis.call("EXISTS", key(stream))).hasToString("1");
            redis.call("HSET", key(kept), "known", "1");
            redis.call("HSET", key(stream), "known", "1");

            Waiting.until(
                    "removed",
                    () -> redis.call("EXISTS", key(stream)).toString().equals("0"));
            Waiting.until("known again", () -> isKnown(redis, kept));
            assertThat(redis.call("HKEYS", prefix + ":{streams}:ids")).hasToString("[" + kept + "]");
            Waiting.until(
                    "told",
                    () -> log.lines().stream()
                            .anyMatch(line -> line.contains("stream removed, its client is not there any more caller="
                                    + CHANGING + " stream=" + stream)));
        }
    }

    private String key(String stream) {
        return prefix + ":{streams}:s:" + stream;
    }

    /** Since when: not as long ago as the test says. */
    private boolean isKnown(RedisClient redis, String stream) {
        return redis.call("HGET", key(stream), "known").toString().length() > "nil".length();
    }

    private CompletableFuture<Reply> waitingPoll() {
        String stream = receiver.stream();
        CompletableFuture<Reply> poll =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);
        return poll;
    }

    /** Until it is in force: a client that was not known before is. */
    private void change(String entry) throws IOException {
        String sign = Api.fresh("sign");
        write(entry + ClientFiles.another(sign, "[check]"));
        Waiting.until(
                "in force",
                () -> new Receiver(service, sign)
                                .send("POST", "/v1/checks", "{'tokens':['x']}")
                                .status()
                        == 200);
    }

    private void write(String more) throws IOException {
        Files.writeString(clients, ClientFiles.text() + more);
    }
}
