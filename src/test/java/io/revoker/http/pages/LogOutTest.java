package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;

class LogOutTest {
    @Test
    void removesTheCookieAlsoWhileRedisIsAway() {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RunningService service = RunningService.on(redis.url(), ClientFiles.option())) {
            LogIn ops = LogIn.of(service, ClientFiles.OPS);
            redis.kill();
            Reply out = ops.call(service, "DELETE", LogIn.PATH).send();
            assertThat(out.status()).isEqualTo(503);
            assertThat(out.header("Set-Cookie")).startsWith("revoker-console=;").contains("Max-Age=0");
        }
    }
}
