package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are pushed to receivers (RFC 8935) that take them, refuse them, and hang. */
class PushTest {
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
                "--ssf.push.timeout=3s",
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
    void pushesASignedEvent() {
        Reply created = receiver.send("POST", "/ssf/stream", endpoint.delivery());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().required("delivery"))
                .hasToString("{\"method\":\"urn:ietf:rfc:8935\",\"endpoint_url\":\"" + endpoint.url() + "\"}");

        String user = to.revoke("corp");

        endpoint.awaitUsers(receiver, List.of(user));
        PushEndpoint.Received first = endpoint.received().get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.path()).isEqualTo("/events?tenant=1");
        assertThat(first.header("Content-Type")).isEqualTo("application/secevent+jwt");
        assertThat(first.header("Accept")).isEqualTo("application/json");
        assertThat(receiver.send(
                                "POST",
                                "/ssf/poll/" + created.json().path("stream_id").asText(),
                                Receiver.AT_ONCE)
                        .status())
                .as("is not polled")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500",
                "200",
                "302",
                "401",
                "400 {\"err\":\"invalid_key\"}",
                "400 {\"err\":\"invalid_request\"}",
                "hang",
                "drip",
                "cut"
            })
    void pushesAgainUntilItIsAccepted(String behaviour) {
        endpoint.behave(behaviour, "202");
        receiver.send("POST", "/ssf/stream", endpoint.delivery());

        String user = to.revoke("corp");

        endpoint.awaitAccepted(receiver, List.of(user));
        assertThat(endpoint.received()).hasSizeGreaterThan(1);
        assertThat(endpoint.received()).allMatch(received -> received.path().startsWith("/events"));
    }

    @Test
    void goesOnWithTheOthersIfOneIsRefusedForWhatItIs() {
        String stream = receiver.stream(endpoint.delivery());
        String bad = Api.fresh("bad");
        endpoint.refuse(receiver, bad);

        to.revoke("corp", bad);
        List<String> users = to.revokeSome(20);

        endpoint.awaitAccepted(receiver, users);
        Waiting.until("is not kept", () -> isAllDelivered(stream));
    }

    @Test
    void pushesManyInTurn() {
        receiver.send("POST", "/ssf/stream", endpoint.delivery());
        List<String> users = to.revokeSome(100);
        endpoint.awaitAccepted(receiver, users);
    }

    @Test
    void pushesAVerification() {
        String stream = receiver.stream(endpoint.delivery());

        assertThat(receiver.send("POST", "/ssf/verify", "{'stream_id':'" + stream + "','state':'s'}")
                        .status())
                .isEqualTo(204);

        Waiting.until("pushed", () -> !endpoint.received().isEmpty());
        JsonNode set = receiver.verified(endpoint.received().get(0).body());
        assertThat(set.at("/events").path(Receiver.VERIFICATION).path("state").asText())
                .isEqualTo("s");
    }

    @Test
    void pushesNothingOfOtherRealms() {
        Receiver ofCorp = to.ofCorp();
        ofCorp.send("POST", "/ssf/stream", endpoint.delivery());

        to.revoke("partners");
        String user = to.revoke("corp");

        endpoint.awaitUsers(ofCorp, List.of(user));
        assertThat(endpoint.users(ofCorp)).containsOnly(user);
    }

    @Test
    void pushesNothingOnceItIsPausedOrRemoved() {
        String stream = receiver.stream(endpoint.delivery());
        receiver.send("POST", "/ssf/status", "{'stream_id':'" + stream + "','status':'paused'}");
        try (PushEndpoint other = PushEndpoint.start()) {
            receiver.send("POST", "/ssf/stream", other.delivery());
            String user = to.revoke("corp");
            other.awaitAccepted(receiver, List.of(user));
            assertThat(endpoint.received()).isEmpty();

            receiver.send("POST", "/ssf/status", "{'stream_id':'" + stream + "','status':'enabled'}");
            endpoint.awaitAccepted(receiver, List.of(user));
        }
    }

    private static boolean isAllDelivered(String stream) {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            String newest = redis.call("GET", PREFIX + ":{log}:clock").toString();
            return redis.call("HGET", PREFIX + ":{streams}:s:" + stream, "done")
                    .toString()
                    .equals(newest);
        }
    }
}
