package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers in other processes, of which one stands still and another one is cut off: nobody waits for them. */
class PropagationTest {
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RunningService service = RunningService.on(redis.url());
    private final Cable cable = Cable.to(service.vertx(), service.port());

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void noneAnswersByWhatIsOlderThanItsBoundAndNoneHoldsUpTheOthers() {
        String token = new Api(service).access("corp", "joe");
        try (FollowingProcess frozen = FollowingProcess.of(service.uri(""), BOUND);
                FollowingProcess cutOff = FollowingProcess.of(cable.uri(), BOUND);
                FollowingProcess well = FollowingProcess.of(service.uri(""), BOUND)) {
            List<FollowingProcess> all = List.of(frozen, cutOff, well);
            all.forEach(process -> process.watch(token, "corp", Instant.now()));
            frozen.signal("STOP");
            cable.hold();

            Reply reply = service.call("DELETE", "/_security/oauth2/token")
                    .json("{\"token\":\"" + token + "\"}")
                    .send();
            long acknowledged = System.nanoTime();
            assertThat(reply.json().path("invalidated_tokens").intValue()).isEqualTo(1);
            well.await(REVOKED);
            redis.kill();
            redis.start();
            Waiting.until("the bound has passed", () -> System.nanoTime() - acknowledged > BOUND.toNanos());
            cable.mend();
            frozen.signal("CONT");

            all.forEach(process -> process.await(REVOKED));
            assertThat(all)
                    .allSatisfy(process ->
                            assertThat(process.lastAccepted() - acknowledged).isLessThanOrEqualTo(BOUND.toNanos()));
        }
    }
}
