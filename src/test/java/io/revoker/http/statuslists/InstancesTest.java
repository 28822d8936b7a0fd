package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several instances, one after the other and side by side, on a single Redis, with Sentinel and with a Cluster. */
class InstancesTest {
    static List<Server> servers() {
        return RedisServers.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void publishTheSameBits(Server redis, @TempDir Path directory) {
        String[] options = Statuses.options(directory, "--redis.prefix=" + Api.fresh("lists"));
        List<Place> places = new ArrayList<>();
        try (RunningService first = RunningService.on(redis.url(), options);
                RunningService second = RunningService.on(redis.url(), options)) {
            Statuses one = new Statuses(first);
            Statuses other = new Statuses(second);
            IntStream.range(0, 20).forEach(i -> places.add(one.allocate("corp")));
            List<String> tokens = IntStream.range(0, 20)
                    .mapToObj(i -> Statuses.token(places.get(i), "user-" + i % 2))
                    .toList();
            tokens.forEach(
                    token -> assertThat(other.register("corp", token).status()).isEqualTo(201));
            Statuses.of(places.get(0), one, other);

            assertThat(new Api(first).invalidateAccess(tokens.get(0))).isEqualTo("200 1,0,0");
            assertThat(new Api(second).invalidateUser("user-1")).isEqualTo("200 10,0,0");

            Statuses.of(places.get(0), one, other);
            assertThat(states(one, places)).isEqualTo(expected()).isEqualTo(states(other, places));
            assertThat(Statuses.bits(one.claims(places.get(0)))).isEqualTo(Statuses.bits(other.claims(places.get(0))));
        }
        try (RunningService later = RunningService.on(redis.url(), options)) {
            assertThat(states(new Statuses(later), places)).isEqualTo(expected());
        }
    }

    private static List<Integer> expected() {
        return IntStream.range(0, 20)
                .mapToObj(i -> i == 0 || i % 2 == 1 ? 1 : 0)
                .toList();
    }

    private static List<Integer> states(Statuses instance, List<Place> places) {
        byte[] bits = Statuses.bits(instance.claims(places.get(0)));
        return places.stream()
                .map(place -> bits[place.index() / 8] >> place.index() % 8 & 1)
                .toList();
    }
}
