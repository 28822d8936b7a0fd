package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.config.RedisConfig;
import io.revoker.config.values.RedisUrl;
import io.revoker.config.values.Secret;
import io.revoker.testing.Configurations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @Test
    void theTextOfAConfigurationHidesThem() {
        Configuration configuration =
                Configurations.of(List.of(), Map.of("REVOKER_REDIS_URL", "redis://app:hunter2@redis:6379"));

        assertThat(configuration.redis().url()).contains(new Secret("redis://app:hunter2@redis:6379"));
        assertThat(configuration.toString()).contains("***").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "http://:hunter2@redis",
                "redis:hunter2",
                "redis://:hunter2#@redis",
                "redis://:hunter2@redis:99999",
                "redis://:hunter2@redis:0",
                "redis://:hunter2@two words",
                "rediss://:hunter2@two_words",
                "redis://:hunter2@two_words:0",
                "redis://app:hunter2",
                "redis://:hunter2",
                "hunter2",
                "redis://:hunter2@redis/db",
                "redis://:hunter2@redis?db=1",
                "redis://:hunter2@redis#1",
                "redis:///hunter2",
                "redis-sentinel://:hunter2@redis",
                "redis-sentinel://:hunter2@redis:0#main",
                "redis-sentinel://:hunter2@redis,#main",
                "redis-sentinel://:hunter2@redis#main/1",
                "redis-cluster://:hunter2@",
                "redis-cluster://:hunter2@redis:0",
                "redis-cluster://:hunter2@redis,",
                "redis-cluster://:hunter2@redis/1",
                "redis-cluster://:hunter2@redis#main"
            })
    void aFaultHidesThem(String url) {
        assertThat(Loading.faultsOfOptions("--redis.url=" + url))
                .singleElement()
                .asString()
                .doesNotContain("hunter2")
                .contains(" (expected: ")
                .endsWith(", as in redis://[user[:password]@]host[:port][/db] or rediss://, or"
                        + " redis-sentinel://[user[:password]@]host[:port][,host[:port]...][/db]#primary or"
                        + " rediss-sentinel://, or redis-cluster://[user[:password]@]host[:port][,host[:port]...] or"
                        + " rediss-cluster://, special characters percent-encoded; from --redis.url)");
    }

    /** What is wrong stands there. */
    @ParameterizedTest
    @CsvSource({
        "redis://redis:99999, redis://redis:99999",
        "redis://:hunter2@redis:0, redis://***@redis:0",
        "redis://:hun@ter2@redis:0, redis://***@redis:0",
        "redi://app:hunter2@redis/1, redi://***@redis/1",
        "redis-sentinel://app:hunter2@one:26379;two, ***",
        "'redis-sentinel://app:hunter2@one:26379,two', 'redis-sentinel://***@one:26379,two'",
        "redis-cluster://app:hunter2@[::1]:7000/1, redis-cluster://***@[::1]:7000/1",
        "rediss://redis_1, rediss://redis_1",
        "http://localhost:6379, http://localhost:6379",
        "redis:///hunter2, ***"
    })
    void aFaultHidesNothingElse(String url, String shown) {
        assertThat(Loading.faultsOfOptions("--redis.url=" + url))
                .singleElement()
                .asString()
                .startsWith("redis.url: " + shown + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://redis",
                "redis://redis_1:6379",
                "redis://app:se%40c_ret@my_redis.example/3",
                "redis-sentinel://sentinel_1,sentinel_2:26380#main",
                "redis-cluster://node_1,node_2:7001",
                "redis://redis/",
                "redis://:secret@redis:6379",
                "rediss://app:se%40cret@redis.example:6380/12",
                "redis://[::1]:6379/0",
                "redis-sentinel://sentinel#main",
                "rediss-sentinel://app:se%40cret@one:26379,two,three:26380/12#my-primary",
                "redis-cluster://node",
                "rediss-cluster://app:se%40cret@one:7000,two,[::1],[::1]:7001"
            })
    void acceptsTheUrlsOfRedis(String url) {
        assertThat(Loading.options("--redis.url", url).redis().url()).contains(new Secret(url));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://redis, redis://:p%40ss%2Fw%3Ao%20rd%25@redis",
        "redis://app@redis:6379/3, redis://app:p%40ss%2Fw%3Ao%20rd%25@redis:6379/3",
        "'rediss-sentinel://one,two:1/2#main', 'rediss-sentinel://:p%40ss%2Fw%3Ao%20rd%25@one,two:1/2#main'",
        "'redis-cluster://app@one,[::1]:1', 'redis-cluster://app:p%40ss%2Fw%3Ao%20rd%25@one,[::1]:1'"
    })
    void putsThePasswordIntoTheUrl(String url, String server) {
        RedisConfig redis = Loading.options("--redis.url=" + url, "--redis.password=p@ss/w:o rd%")
                .redis();

        assertThat(redis.server()).contains(new Secret(server)).get().satisfies(RedisUrl::require);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:hunter1@redis", "redis://app:@redis", ""})
    void refusesAPasswordThatHasNoPlace(String url) {
        assertThat(Loading.faultsOfOptions("--redis.url=" + url, "--redis.password=hunter2"))
                .containsExactly("redis.password: *** (expected: nothing, because redis.url holds a password or is not"
                        + " set; from --redis.password)");
    }

    @Test
    void aStrayWordOrAnUnknownSettingHidesItsValue() {
        assertThat(Loading.faults(
                        List.of("redis://:hunter2@redis", "--redis.uri=redis://:hunter2@redis"),
                        Map.of("REVOKER_REDIS_URI", "redis://:hunter2@redis")))
                .hasSize(3)
                .noneMatch(fault -> fault.contains("hunter2"));
    }
}
