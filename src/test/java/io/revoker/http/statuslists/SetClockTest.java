package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.FakeClock;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists while the clock of Redis is set back, or that of another server counts. */
@NeedsTools
class SetClockTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration BACK = Duration.ofHours(1);

    @Test
    void areLookedAtAgainBeforeItIsAsLateAsItWas(@TempDir Path directory) {
        FakeClock clock = FakeClock.create();
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory(), clock);
                RunningService service = RunningService.on(redis.url(), Statuses.options(directory))) {
            Statuses statuses = new Statuses(service);
            Place place = statuses.allocate("corp", ",\"username\":\"joe\"");
            assertThat(statuses.status(place)).isZero();
            assertThat(uris(service)).contains(place.uri());

            clock.set(BACK.negated());
            Waiting.until(
                    "set back",
                    () -> statuses.ask(expiring(DAY.minusMinutes(5))).status() == 400);
            assertThat(new Api(service).invalidateUser("joe")).startsWith("200");
            Place other = statuses.allocate("other");

            Waiting.until("revoked", () -> statuses.status(place) == 1);
            assertThat(statuses.claims(place).required("iat").longValue())
                    .isLessThan(Instant.now().getEpochSecond() - BACK.toSeconds() / 2);
            Waiting.until("named", () -> uris(service).contains(other.uri()));
        }
    }

    /** Too late for the service by an hour if its clock is set back by that. */
    private static String expiring(Duration ahead) {
        return "{\"realm_name\":\"late\",\"expires_at\":"
                + Instant.now().plus(ahead).getEpochSecond() + "}";
    }

    private static String uris(RunningService service) {
        return service.call("GET", "/v1/status-lists").send().body();
    }
}
