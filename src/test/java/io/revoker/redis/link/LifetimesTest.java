package io.revoker.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Backend;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Redis 6.2.11 and 7.0.15 compare an expiry with their clock when a command comes, also in a script, whose own time is
 * that of its begin: what expires while a group of scripts runs must leave no key without an expiry.
 */
@OnEveryRedis
class LifetimesTest {
    private static final String NO_KEY = "-2";
    private static final String BUSY_UNTIL_IT_HAS_EXPIRED = """
            local expiry = now + 1
            repeat until tonumber(redis.call('TIME')[1]) >= expiry
            """;

    private final RedisClient redis;

    LifetimesTest(RedisServers.Server server) {
        redis = RedisClient.of(server.url());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void endEntriesOfAHashThatExpiredWhileTheGroupRan() {
        assertThat(run("""
                for _, field in ipairs({'a', 'b'}) do
                  put(KEYS[1], field, struct.pack('>I4', expiry))
                end
                return redis.call('TTL', KEYS[1])
                """)).isEqualTo(NO_KEY);
    }

    @Test
    void endMembersOfAnIndexThatExpiredWhileTheGroupRan() {
        assertThat(run("""
                for _, member in ipairs({'a', 'b'}) do
                  index(KEYS[1], member, expiry)
                end
                return redis.call('TTL', KEYS[1])
                """)).isEqualTo(NO_KEY);
    }

    private Object run(String script) {
        String text = Script.read("lib/time") + Script.read("lib/lifetimes") + BUSY_UNTIL_IT_HAS_EXPIRED + script;
        return redis.call("EVAL", text, "1", Backend.newPrefix());
    }
}
