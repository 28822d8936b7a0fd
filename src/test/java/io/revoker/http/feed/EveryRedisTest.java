package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.EventStream.Event;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The feed on a single Redis, with Sentinel and with a Cluster. */
class EveryRedisTest {
    static List<Server> servers() {
        return RedisServers.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void isTheSameOnEach(Server redis) {
        String prefix = "--redis.prefix=" + Api.fresh("feed");
        try (RunningService first = RunningService.on(redis.url(), prefix);
                EventStream stream = EventStream.of(first)) {
            Api api = new Api(first);
            String token = api.access("corp", "joe");
            assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
            assertThat(api.invalidateRealm("corp")).startsWith("200");
            List<Event> events = stream.await(2);
            assertThat(events).extracting(Event::name).containsExactly("revocation", "mark");
            assertThat(events.get(0).data().path("realm_name").textValue()).isEqualTo("corp");

            try (RunningService second = RunningService.on(redis.url(), prefix);
                    EventStream resumed = EventStream.of(second, "Last-Event-ID", "0")) {
                assertThat(resumed.await(2))
                        .extracting(Event::data)
                        .containsExactlyElementsOf(
                                events.stream().map(Event::data).toList());
                JsonNode snapshot =
                        second.call("GET", "/v1/revocations/snapshot").send().json();
                assertThat(snapshot.path("stamp").textValue())
                        .isEqualTo(events.get(1).stamp());
                assertThat(snapshot.path("tokens")).hasSize(1);
                assertThat(snapshot.path("marks")).hasSize(1);
            }
        }
    }
}
