package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the lists is in Redis, and how an instance goes on when some of it is gone. */
class StoredListsTest {
    private final String prefix = Api.fresh("stored");
    private RunningService service;
    private Statuses statuses;
    private RedisClient redis;

    @BeforeEach
    void start(@TempDir Path directory) {
        service = RunningService.start(Statuses.options(directory, "--redis.prefix=" + prefix));
        statuses = new Statuses(service);
        redis = RedisClient.of(RedisServers.embedded().url());
    }

    @AfterEach
    void stop() {
        redis.close();
        service.close();
    }

    @Test
    void expireAllTogetherAndHaveNoToken() {
        Place place = statuses.allocate("corp");
        String token = Statuses.token(place, "joe");
        assertThat(statuses.register("corp", token).status()).isEqualTo(201);

        List<String> keys = redis.keys(prefix).stream()
                .filter(key -> key.contains(":l:") || key.contains(":y:") || key.contains("{status}"))
                .toList();

        assertThat(keys).hasSize(5);
        for (String key : keys) {
            assertThat(redis.number("TTL", key)).as(key).isBetween(1L, 31 * 24 * 3600L);
            assertThat(redis.call("DUMP", key).toString()).doesNotContain(token.split("\\.", -1)[1]);
        }
    }

    /** Its tokens have expired: a verifier that still has one can't read its status, and refuses it. */
    @Test
    void endWithTheirTokens() {
        Place place = statuses.allocate("corp");
        assertThat(statuses.status(place)).isZero();
        String id = place.uri().substring(place.uri().lastIndexOf('/') + 1);

        String list = prefix + ":{status}:lists";
        assertThat(redis.call("EVAL", """
                local held = redis.call('HGET', KEYS[1], ARGV[1])
                redis.call('HSET', KEYS[1], ARGV[1], struct.pack('>I4', 1) .. string.sub(held, 5))
                return 'OK'""", "1", list, id)).isEqualTo("OK");

        try (RunningService other =
                RunningService.start(Statuses.options(Path.of("target"), "--redis.prefix=" + prefix))) {
            assertThat(other.call("GET", place.path()).send().status()).isEqualTo(404);
            assertThat(other.call("GET", "/v1/status-lists").send().json().required("status_lists"))
                    .isEmpty();
        }
    }

    @Test
    void areReadAnewIfRedisHasLostSome() {
        List<Place> places = IntStream.range(0, 5)
                .mapToObj(i -> statuses.allocate("corp", ",\"username\":\"user-" + i + "\""))
                .toList();
        assertThat(new Api(service).invalidateUser("user-0")).startsWith("200");
        assertThat(statuses.statusFromNowOn(places.get(0))).isOne();
        String id = places.get(0).uri().substring(places.get(0).uri().lastIndexOf('/') + 1);

        redis.call("DEL", prefix + ":l:{" + id + "}", prefix + ":l:{" + id + "}o");
        Place fresh = statuses.allocate("corp", ",\"username\":\"joe\"");

        assertThat(fresh.uri()).isEqualTo(places.get(0).uri());
        assertThat(new Api(service).invalidateUser("joe")).startsWith("200");
        Reply reply = statuses.fetch(fresh);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(statuses.statusFromNowOn(fresh)).isOne();
    }

    /** More than an instance reads at a time, twice, and a revocation of some of them. */
    @Test
    void areReadInPages() {
        IntStream.range(0, 7)
                .forEach(i -> assertThat(statuses.ask("{\"realm_name\":\"corp\",\"username\":\"user-" + i % 2
                                        + "\",\"count\":100,\"expires_at\":" + Statuses.soon() + "}")
                                .status())
                        .isEqualTo(201));
        Place place = statuses.allocate("corp", ",\"username\":\"user-0\"");
        assertThat(ones(place)).isZero();

        assertThat(new Api(service).invalidateUser("user-0")).startsWith("200");
        statuses.statusFromNowOn(place);

        assertThat(ones(place)).isEqualTo(401);
    }

    private int ones(Place place) {
        byte[] bits = Statuses.bits(statuses.claims(place));
        return IntStream.range(0, bits.length)
                .map(i -> Integer.bitCount(bits[i] & 0xff))
                .sum();
    }
}
