package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A view of a service whose log has a million single tokens: what it has room for in the pod of the manifests. */
class MillionTokensTest {
    private static final int TOKENS = 1_000_000;
    private static final int TOGETHER = 10_000;
    private static final String PREFIX = "million";

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());

    @BeforeEach
    void fill() {
        long first = (System.currentTimeMillis() - Duration.ofMinutes(1).toMillis()) * 1000;
        try (RedisClient client = redis.client()) {
            for (int i = 0; i < TOKENS; i += TOGETHER) {
                List<String> call = new ArrayList<>(List.of(
                        "EVAL",
                        "for i = 2, #ARGV do redis.call('XADD', KEYS[1], string.format('%.0f-0', ARGV[1] + i),"
                                + " 'target', 'access/' .. ARGV[i]) end",
                        "1",
                        PREFIX + ":{log}:events",
                        Long.toString(first + i)));
                IntStream.range(i, i + TOGETHER).forEach(token -> call.add(id(token)));
                client.call(call.toArray(String[]::new));
            }
            assertThat(client.number("XLEN", PREFIX + ":{log}:events")).isEqualTo(TOKENS);
        }
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void knowsEachOfThemAndWhatComesNext() {
        try (RunningService service = RunningService.on(redis.url(), "--redis.prefix=" + PREFIX);
                Watched view = Watched.of(service.uri("")).awaitFresh()) {
            assertThat(view.view().status().tokens()).isEqualTo(TOKENS);
            for (int i = 0; i < TOKENS; i += 997) {
                assertThat(view.state(key("token-" + i))).isEqualTo(REVOKED);
                assertThat(view.state(key("other-" + i))).isEqualTo(NOT_REVOKED);
            }
            Api api = new Api(service);
            String next = api.access("corp", "joe");
            api.invalidateAccess(next);
            view.await(key(next), REVOKED);
        }
    }

    private static String id(int token) {
        return TokenId.of("token-" + token).value();
    }

    private static TokenKeyBuilder key(String token) {
        return TokenKey.of(token)
                .realm("corp")
                .user("joe")
                .issuedAt(Instant.now().minusSeconds(600));
    }
}
