package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was announced while Redis did not answer was not begun. */
class HungRedisTest {
    @TempDir
    private Path directory;

    @Test
    void takesBackWhatWasNotBegun() {
        String prefix = Api.fresh("hung");
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(redis.url(), "--redis.prefix=" + prefix);
                RedisClient client = RedisClient.of(redis.url())) {
            Api api = new Api(service);
            api.invalidateRealm("before");
            redis.freeze();
            assertThat(api.invalidate("{\"realm_name\":\"corp\"}").status()).isEqualTo(503);
            redis.thaw();

            until("answers", () -> api.invalidate("{\"realm_name\":\"after\"}").status() == 200);
            until("taken back", () -> client.number("HLEN", prefix + ":{log}:audit:announced") == 0);
            assertThat(service.call("GET", "/v1/audit?realm_name=corp").send().body())
                    .isEqualTo("{\"entries\":[]}");
        }
    }
}
