package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first snapshot of an instance, right after Redis has lost what the instance has read. */
class LostSnapshotTest {
    @Test
    void doesNotVouchForWhatRedisHasLost() {
        String prefix = Api.fresh("lost");
        try (RunningService service = RunningService.start("--redis.prefix=" + prefix);
                RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            Api api = new Api(service);
            api.invalidateUser("joe");
            api.invalidateUser("ann");
            List<String> lost = new ArrayList<>();
            Waiting.until("read", () -> {
                JsonNode events = changes(service).path("events");
                lost.add(events.path(events.size() - 1).path("stamp").asText());
                return events.size() == 2;
            });
            String ann = lost.get(lost.size() - 1);

            client.call("XDEL", prefix + ":{log}:events", ann + "-0");

            Waiting.until("beyond it", () -> {
                Reply snapshot = service.call("GET", "/v1/revocations/snapshot").send();
                if (snapshot.status() != 200) {
                    assertThat(snapshot.status()).isEqualTo(503);
                    return false;
                }
                assertThat(snapshot.json().path("since").textValue()).isGreaterThanOrEqualTo(ann);
                return true;
            });
        }
    }

    private static JsonNode changes(RunningService service) {
        return service.call("GET", "/v1/revocations/changes?since=0").send().json();
    }
}
