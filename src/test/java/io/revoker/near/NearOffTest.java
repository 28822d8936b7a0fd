package io.revoker.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No instance answers from memory. */
class NearOffTest {
    private static final int REVOCATIONS = 200;

    /** One script for the log, and one for the token, often in one call; what runs beside that is much less. */
    @Test
    void costsNoFurtherCommand() {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                NearService service = NearService.off(redis.url(), Api.fresh("near"), "--audit.enabled=false");
                RedisClient client = redis.client()) {
            List<String> tokens = IntStream.range(0, REVOCATIONS)
                    .mapToObj(i -> service.api().access("corp", "joe"))
                    .toList();
            long before = client.calls("evalsha");

            tokens.forEach(
                    token -> assertThat(service.api().invalidateAccess(token)).isEqualTo("200 1,0,0"));

            assertThat((client.calls("evalsha") - before) / (double) REVOCATIONS)
                    .isBetween(1.0, 2.9);
        }
    }
}
