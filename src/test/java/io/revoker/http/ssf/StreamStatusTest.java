package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are paused, disabled, verified, and that have lost events (Shared Signals Framework 1.0, section 8.1). */
class StreamStatusTest {
    private static final String PREFIX = Api.fresh("ssf");
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory, "--redis.prefix=" + PREFIX);
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
    }

    @Test
    void holdsEventsWhilePausedAndForgetsThemWhileDisabled() {
        String id = receiver.stream();
        assertThat(status(id)).isEqualTo("{'stream_id':'" + id + "','status':'enabled'}");

        set(id, "paused', 'reason':'maintenance");
        assertThat(status(id)).isEqualTo("{'stream_id':'" + id + "','status':'paused','reason':'maintenance'}");
        String held = to.revoke("corp");
        assertThat(receiver.drain(id)).isEmpty();
        set(id, "enabled");
        assertThat(users(id)).containsExactly(held);

        set(id, "disabled");
        to.revoke("corp");
        set(id, "enabled");
        assertThat(receiver.drain(id)).isEmpty();
        String later = to.revoke("corp");
        assertThat(users(id)).containsExactly(later);
    }

    @Test
    void doesNotDeliverOnceItIsPaused() {
        String id = receiver.stream();
        receiver.send("POST", "/ssf/verify", "{'stream_id':'" + id + "'}");
        to.revoke("corp");
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
        String left = to.revoke("corp");
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

    /** As another instance has the log go on after a fail-over. */
    @Test
    void saysWhenTheLogHasLostEntriesAndGoesOn() {
        String id = receiver.stream();
        String before = to.revoke("corp");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            long next =
                    Long.parseLong(redis.call("GET", PREFIX + ":{log}:clock").toString()) + 1;
            redis.call("SET", PREFIX + ":{log}:clock", Long.toString(next));
            redis.call("XADD", PREFIX + ":{log}:events", next + "-0", "marks", "changed");
        }

        List<JsonNode> told = receiver.drain(id);

        assertThat(told).hasSize(2);
        JsonNode update = told.stream()
                .map(set -> set.required("events").path(Receiver.UPDATED))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow();
        assertThat(update.required("status").textValue()).isEqualTo("enabled");
        assertThat(update.required("reason").textValue()).contains("may be lost");
        assertThat(told.toString()).contains(before);
        String later = to.revoke("corp");
        assertThat(users(id)).containsExactly(later);
    }

    @Test
    void saysOfAPausedStreamWhatIsLostWhenItGoesOn() {
        String id = receiver.stream();
        set(id, "paused");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(id), "done", "1", "reached", "1");
        }
        to.revoke("corp");
        set(id, "enabled");

        JsonNode update = receiver.drain(id).get(0).required("events").required(Receiver.UPDATED);

        assertThat(update.required("status").textValue()).isEqualTo("enabled");
        assertThat(update.required("reason").textValue()).contains("may be lost");
    }

    private static String key(String stream) {
        return PREFIX + ":{streams}:s:" + stream;
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
}
