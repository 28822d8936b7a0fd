package io.revoker.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
    private static final RedisClient CLUSTER =
            RedisClient.of(RedisServers.cluster().url());

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "123456789",
                "rv:t:ZmF",
                "rv:{log}:m:21207",
                "rv:g:{corp/7}joe",
                "{}empty first {tag}",
                "{not closed",
                "closed} first {tag}",
                "{a}{b}",
                "{{nested}}",
                "größe:{zürich/3}ß",
                "rv:g:{\uD83D\uDE80/1}x"
            })
    void isTheOneThatRedisKeepsTheKeyIn(String key) {
        assertThat(Slot.of(key)).isEqualTo((int) CLUSTER.number("CLUSTER", "KEYSLOT", key));
    }
}
