package io.revoker.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No instance answers from memory. */
class NearOffTest {
    private static final Pattern CALLS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");
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
            long before = scripts(client);

            tokens.forEach(
                    token -> assertThat(service.api().invalidateAccess(token)).isEqualTo("200 1,0,0"));

            assertThat((scripts(client) - before) / (double) REVOCATIONS).isBetween(1.0, 2.9);
        }
    }

    private static long scripts(RedisClient client) {
        return CALLS.matcher(client.call("INFO", "commandstats").toString())
                .results()
                .map(MatchResult::group)
                .mapToLong(found -> Long.parseLong(found.substring(found.indexOf('=') + 1)))
                .sum();
    }
}
