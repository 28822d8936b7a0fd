package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How receivers manage their streams (Shared Signals Framework 1.0, sections 7 and 8). */
class StreamsTest {
    private static final String FOLLOWER = "follower";
    private static final String ANOTHER = "another-follower";

    private static String prefix;
    private static RunningService service;
    private static Receiver receiver;
    private static Receiver another;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path clients = Files.writeString(
                directory.resolve("clients.yaml"),
                ClientFiles.text() + ClientFiles.another(FOLLOWER, "[feed]") + ClientFiles.another(ANOTHER, "[feed]"));
        prefix = Api.fresh("streams");
        service = RunningService.start(
                "--redis.prefix=" + prefix,
                "--oauth.issuer=" + Receiver.ISSUER,
                "--signing.file=" + SigningFile.in(directory),
                "--clients.file=" + clients,
                "--ssf.enabled=true");
        receiver = new Receiver(service, FOLLOWER);
        another = new Receiver(service, ANOTHER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void removeStreams() {
        receiver.removeStreams();
        another.removeStreams();
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
                .isEqualTo(("{'stream_id':'" + id + "','iss':'" + Receiver.ISSUER + "','aud':'" + FOLLOWER
                                + "','events_supported':['" + Receiver.REVOKED + "'],'events_requested':['"
                                + Receiver.REVOKED + "','urn:other'],'events_delivered':['" + Receiver.REVOKED
                                + "'],'delivery':{'method':'urn:ietf:rfc:8936','endpoint_url':'" + Receiver.ISSUER
                                + "/ssf/poll/" + id
                                + "'},'min_verification_interval':10,'description':'gateways'}")
                        .replace('\'', '"'));
        assertThat(receiver.ask("GET", "/ssf/stream?stream_id=" + id).body()).isEqualTo(created.body());
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[" + created.body() + "]");
        assertThat(receiver.ask("DELETE", "/ssf/stream?stream_id=" + id).status())
                .isEqualTo(204);
        assertThat(receiver.ask("DELETE", "/ssf/stream?stream_id=" + id).status())
                .isEqualTo(404);
        assertThat(receiver.ask("GET", "/ssf/stream").body()).isEqualTo("[]");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            assertThat(redis.call("EXISTS", key(id), prefix + ":{streams}:a:" + id, prefix + ":{streams}:ids"))
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

        Reply refused = receiver.send("PUT", "/ssf/stream", created.toString().replace(FOLLOWER, "other"));
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

    @Test
    void holdsEventsWhilePausedAndForgetsThemWhileDisabled() {
        String id = receiver.stream();
        assertThat(status(id)).isEqualTo("{'stream_id':'" + id + "','status':'enabled'}");

        set(id, "paused', 'reason':'maintenance");
        assertThat(status(id)).isEqualTo("{'stream_id':'" + id + "','status':'paused','reason':'maintenance'}");
        String held = revoke();
        assertThat(receiver.drain(id)).isEmpty();
        set(id, "enabled");
        assertThat(users(id)).containsExactly(held);

        set(id, "disabled");
        revoke();
        set(id, "enabled");
        assertThat(receiver.drain(id)).isEmpty();
        String later = revoke();
        assertThat(users(id)).containsExactly(later);
    }

    @Test
    void doesNotDeliverOnceItIsPaused() {
        String id = receiver.stream();
        receiver.send("POST", "/ssf/verify", "{'stream_id':'" + id + "'}");
        revoke();
        set(id, "paused");
        assertThat(receiver.drain(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {",'state':'a state'}|a state", "}|absent"})
    void deliversAVerification(String rest, String state) {
        String id = receiver.stream();

        assertThat(receiver.send("POST", "/ssf/verify", "{'stream_id':'" + id + "'" + rest)
                        .status())
                .isEqualTo(204);
        Reply soon = receiver.send("POST", "/ssf/verify", "{'stream_id':'" + id + "'}");

        assertThat(soon.status() + " " + soon.header("Retry-After")).isEqualTo("429 10");
        List<JsonNode> sets = receiver.drain(id);
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).required("sub_id")).hasToString("{\"format\":\"opaque\",\"id\":\"" + id + "\"}");
        assertThat(sets.get(0)
                        .required("events")
                        .required(Receiver.VERIFICATION)
                        .path("state")
                        .asText("absent"))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'stream_id':'ID','status':'off'}", "{'stream_id':'ID'}", "{'status':'paused'}", "7"})
    void refusesAStatusThatItDoesNotUnderstand(String body) {
        String id = receiver.stream();
        assertThat(receiver.send("POST", "/ssf/status", body.replace("ID", id)).status())
                .isEqualTo(400);
        assertThat(receiver.ask("GET", "/ssf/status").status()).isEqualTo(400);
    }

    /** As if the receiver had been away for longer than the log is kept. */
    @Test
    void saysWhenEventsMayBeLostAndGoesOnBehindThem() {
        String id = receiver.stream();
        String left = revoke();
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(id), "done", "1", "reached", "1");
        }

        List<JsonNode> told = receiver.drain(id);

        assertThat(told).hasSize(1);
        JsonNode update = told.get(0).required("events").required(Receiver.UPDATED);
        assertThat(update.required("status").textValue()).isEqualTo("paused");
        assertThat(update.required("reason").textValue()).contains("may be lost");
        assertThat(status(id)).contains("'status':'paused','reason':'events were not delivered within log.retention");
        assertThat(receiver.drain(id)).as("told once").isEmpty();

        set(id, "enabled");
        assertThat(users(id)).contains(left);
        assertThat(status(id)).isEqualTo("{'stream_id':'" + id + "','status':'enabled'}");
    }

    @Test
    void saysOfAPausedStreamWhatIsLostWhenItGoesOn() {
        String id = receiver.stream();
        set(id, "paused");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(id), "done", "1", "reached", "1");
        }
        revoke();
        set(id, "enabled");

        JsonNode update = receiver.drain(id).get(0).required("events").required(Receiver.UPDATED);

        assertThat(update.required("status").textValue()).isEqualTo("enabled");
        assertThat(update.required("reason").textValue()).contains("may be lost");
    }

    private static String key(String stream) {
        return prefix + ":{streams}:s:" + stream;
    }

    private static List<String> users(String stream) {
        return receiver.drain(stream).stream()
                .map(set -> set.at("/sub_id/user/sub").asText())
                .toList();
    }

    private static String status(String stream) {
        return receiver.ask("GET", "/ssf/status?stream_id=" + stream).body().replace('"', '\'');
    }

    private static void set(String stream, String status) {
        Reply reply = receiver.send("POST", "/ssf/status", "{'stream_id':'" + stream + "','status':'" + status + "'}");
        assertThat(reply.status()).isEqualTo(200);
    }

    private static String revoke() {
        String user = Api.fresh("joe");
        Reply reply = new Receiver(service, ClientFiles.ROOT)
                .send("DELETE", Api.PATH, "{'realm_name':'corp','username':'" + user + "'}");
        assertThat(reply.status()).isIn(200, 404);
        return user;
    }
}
