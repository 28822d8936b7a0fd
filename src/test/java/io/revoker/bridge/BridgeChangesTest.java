package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client that asks for the changes is told when some are missing. */
class BridgeChangesTest {
    private final String prefix = Api.fresh("changes");
    private final RunningService service = BridgeClient.service("--redis.prefix=" + prefix);

    @AfterEach
    void stop() {
        service.close();
    }

    private BridgeClient connect() {
        BridgeClient client = BridgeClient.to(service);
        client.sendAs(ClientFiles.ROOT, "{'type':'unregister','address':'revocation.v1.events'}")
                .next();
        return client;
    }

    private static JsonNode since(BridgeClient client, String stamp) {
        return client.ask("revocation.v1.changes", "{'since':'" + stamp + "'}");
    }

    private String revoke(String user) {
        return service.call("POST", "/v1/revocations")
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .json("{\"target\":{\"username\":\"" + user + "\"}}")
                .send()
                .header("Revoker-Stamp");
    }

    @Test
    void goOnAfterAReset() {
        String joe = revoke("joe");
        try (BridgeClient client = connect()) {
            JsonNode reset = since(client, "5");
            assertThat(reset.path("reset").booleanValue()).isTrue();
            assertThat(reset.path("more").booleanValue()).isFalse();

            JsonNode after = since(client, reset.path("next").textValue());

            assertThat(after.path("reset").booleanValue()).isFalse();
            String ann = revoke("ann");
            assertThat(since(client, joe).at("/events/0/stamp").textValue()).isEqualTo(ann);
        }
    }

    /** With 0 it would not be told that something has gone meanwhile. */
    @Test
    void beginWithOneWhileTheLogIsEmpty() {
        try (BridgeClient client = connect()) {
            assertThat(since(client, "0").path("next").textValue()).isEqualTo("1");
        }
    }

    @Test
    void sayThatRedisHasLostSome() {
        String joe = revoke("joe");
        String ann = revoke("ann");
        try (BridgeClient client = connect();
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            assertThat(since(client, joe).path("reset").booleanValue()).isFalse();

            redis.call("XDEL", prefix + ":{log}:events", ann + "-0");

            Waiting.until(
                    "written again",
                    () -> since(client, joe).path("next").textValue().compareTo(ann) > 0);
            JsonNode lost = since(client, joe);
            assertThat(lost.path("reset").booleanValue()).isTrue();
            assertThat(lost.path("events")).isEmpty();
            assertThat(since(client, lost.path("next").textValue())
                            .path("reset")
                            .booleanValue())
                    .isFalse();
        }
    }
}
