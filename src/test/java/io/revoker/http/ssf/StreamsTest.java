package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How receivers manage their streams (Shared Signals Framework 1.0, sections 7 and 8.1.1). */
class StreamsTest {
    private static final String PREFIX = Api.fresh("ssf");
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;
    private static Receiver another;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory, "--redis.prefix=" + PREFIX);
        service = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
        another = new Receiver(service, Transmitting.ANOTHER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ssf-configuration", "/.well-known/ssf-configuration/revoker"})
    void describesItself(String path) {
        Reply reply = service.call("GET", path).send();

        assertThat(reply.status()).isEqualTo(200);
        JsonNode metadata = reply.json();
        assertThat(metadata.path("spec_version").asText()).isEqualTo("1_0");
        assertThat(metadata.path("issuer").asText()).isEqualTo(Receiver.ISSUER);
        assertThat(metadata.path("jwks_uri").asText()).isEqualTo(Receiver.ISSUER + "/.well-known/jwks.json");
        assertThat(metadata.path("configuration_endpoint").asText()).isEqualTo(Receiver.ISSUER + "/ssf/stream");
        assertThat(metadata.path("status_endpoint").asText()).isEqualTo(Receiver.ISSUER + "/ssf/status");
        assertThat(metadata.path("verification_endpoint").asText()).isEqualTo(Receiver.ISSUER + "/ssf/verify");
        assertThat(metadata.path("delivery_methods_supported").toString()).contains("urn:ietf:rfc:8936");
        assertThat(metadata.path("default_subjects").asText()).isEqualTo("ALL");
    }

    @Test
    void isOffByDefault() {
        try (RunningService plain = RunningService.start()) {
            assertThat(plain.call("GET", "/ssf/stream").send().status()).isEqualTo(404);
            assertThat(plain.call("GET", "/.well-known/ssf-configuration")
                            .send()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void createsShowsAndRemovesAStream() {
        Reply created = receiver.send(
                "POST",
                "/ssf/stream",
                "{'events_requested':['" + Receiver.REVOKED + "','urn:other'],'description':'gateways',"
                        + "'unknown':{},'delivery':{'method':'urn:ietf:rfc:8936'}}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        String id = created.json().required("stream_id").textValue();
        assertThat(created.body())
                .isEqualTo(("{'stream_id':'" + id + "','iss':'" + Receiver.ISSUER + "','aud':'" + Transmitting.FOLLOWER
                                + "','events_supported':['" + Receiver.REVOKED + "'],'events_requested':['"
                                + Receiver.REVOKED + "','urn:other'],'events_delivered':['" + Receiver.REVOKED
                                + "'],'delivery':{'method':'urn:ietf:rfc:8936','endpoint_url':'" + Receiver.ISSUER
                                + "/ssf/poll/" + id
                                + "'},'min_verification_interval':10,'description':'gateways'}")
                        .replace('\'', '"'));
        assertThat(receiver.ask("GET", "/ssf/stream?stream_id=" + id).body()).isEqualTo(created.body());
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[" + created.body() + "]");
        String twice = "?stream_id=" + id + "&stream_id=other";
        assertThat(List.of(
                        receiver.ask("GET", "/ssf/stream" + twice),
                        receiver.ask("GET", "/ssf/status" + twice),
                        receiver.ask("DELETE", "/ssf/stream" + twice)))
                .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(400));
        assertThat(receiver.ask("DELETE", "/ssf/stream?stream_id=" + id).status())
                .isEqualTo(204);
        assertThat(receiver.ask("DELETE", "/ssf/stream?stream_id=" + id).status())
                .isEqualTo(404);
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[]");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            assertThat(redis.call(
                            "EXISTS",
                            PREFIX + ":{streams}:s:" + id,
                            PREFIX + ":{streams}:a:" + id,
                            PREFIX + ":{streams}:ids"))
                    .as("nothing is left")
                    .hasToString("0");
        }
    }

    @Test
    void pollsWithoutADelivery() {
        JsonNode stream = receiver.send("POST", "/ssf/stream", "{}").json();
        assertThat(stream.at("/delivery/method").asText()).isEqualTo("urn:ietf:rfc:8936");
        assertThat(stream.has("events_requested")).isFalse();
        assertThat(stream.required("events_delivered")).hasToString("[\"" + Receiver.REVOKED + "\"]");
    }

    @Test
    void updatesWhatIsGivenAndReplacesTheWhole() {
        JsonNode created =
                receiver.send("POST", "/ssf/stream", "{'description':'one'}").json();
        String id = created.required("stream_id").textValue();

        JsonNode updated = receiver.send(
                        "PATCH", "/ssf/stream", "{'stream_id':'" + id + "','events_requested':['urn:other']}")
                .json();
        assertThat(updated.path("description").asText()).isEqualTo("one");
        assertThat(updated.required("events_delivered")).isEmpty();

        JsonNode replaced = receiver.send(
                        "PUT", "/ssf/stream", updated.toString().replace("one", "two"))
                .json();
        assertThat(replaced.path("description").asText()).isEqualTo("two");
        assertThat(replaced.required("events_requested")).hasToString("[\"urn:other\"]");

        JsonNode bare = receiver.send("PUT", "/ssf/stream", "{'stream_id':'" + id + "'}")
                .json();
        assertThat(bare.has("description") || bare.has("events_requested")).isFalse();

        Reply refused = receiver.send("PUT", "/ssf/stream", created.toString().replace(Transmitting.FOLLOWER, "other"));
        assertThat(refused.status() + refused.json().path("detail").asText())
                .isEqualTo("400aud: another one (expected: as it is, or left out)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{'delivery':{'method':'urn:other'}}",
                "{'delivery':'urn:ietf:rfc:8936'}",
                "{'events_requested':'x'}",
                "{'events_requested':['a b']}",
                "{'events_requested':[7]}",
                "{'description':7}"
            })
    void refusesAStreamThatItDoesNotUnderstand(String body) {
        assertThat(receiver.send("POST", "/ssf/stream", body).status()).isEqualTo(400);
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[]");
    }

    @Test
    void allowsTenStreamsOfAClient() {
        for (int i = 0; i < 10; i++) {
            receiver.stream();
        }
        Reply refused = receiver.send("POST", "/ssf/stream", "{}");
        assertThat(refused.status()).isEqualTo(409);
        another.stream();
    }

    @Test
    void keepsStreamsOfOthersToThemselves() {
        String theirs = another.stream();
        assertThat(statuses(receiver, theirs)).containsOnly(404).isEqualTo(statuses(receiver, "unknown"));
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[]");
        assertThat(another.ask("GET", "/ssf/stream?stream_id=" + theirs).status())
                .isEqualTo(200);
    }

    private static List<Integer> statuses(Receiver asker, String stream) {
        String id = "{'stream_id':'" + stream + "'";
        return List.of(
                        asker.ask("GET", "/ssf/stream?stream_id=" + stream),
                        asker.send("PATCH", "/ssf/stream", id + "}"),
                        asker.send("PUT", "/ssf/stream", id + "}"),
                        asker.ask("GET", "/ssf/status?stream_id=" + stream),
                        asker.send("POST", "/ssf/status", id + ",'status':'disabled'}"),
                        asker.send("POST", "/ssf/verify", id + "}"),
                        asker.send("POST", "/ssf/poll/" + stream, Receiver.AT_ONCE),
                        asker.ask("DELETE", "/ssf/stream?stream_id=" + stream))
                .stream()
                .map(Reply::status)
                .toList();
    }

    @Test
    void needsThePrivilege() {
        Receiver gateway = new Receiver(service, ClientFiles.GATEWAY);
        assertThat(statuses(gateway, "unknown")).containsOnly(403);
        assertThat(gateway.send("POST", "/ssf/stream", "{}").status()).isEqualTo(403);
        assertThat(service.call("GET", "/ssf/stream").send().status()).isEqualTo(401);
    }
}
