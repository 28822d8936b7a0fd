package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that sweeps is killed at a random point; another one of the same Redis ends the sweep. */
class SweepDeathIT {
    private static final Logger LOG = LoggerFactory.getLogger(SweepDeathIT.class);
    private static final long SEED = Long.getLong("revoker.death.seed", new Random().nextLong());
    private static final int DEATHS = Integer.getInteger("revoker.death.rounds", 3);
    private static final int TOKENS = 1000;
    private static final Pattern SWEEP = Pattern.compile("\"sweep\":\"(\\d+)\"");

    @TempDir
    private Path directory;

    @Test
    void countsAreThoseOfAnUndisturbedRun() {
        Random random = new Random(SEED);
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                JarProcess survivor = start(redis)) {
            survivor.awaitReady();
            for (int death = 0; death < DEATHS; death++) {
                String realm = "realm-" + death;
                try (RawConnection connection = survivor.connect()) {
                    register(connection, realm);
                }
                String sweep = beginAndDie(redis, realm, random);
                survivor.until("ended", () -> show(survivor, sweep).contains("\"state\":\"ended\""));
                assertThat(show(survivor, sweep))
                        .contains("\"invalidated_tokens\":" + TOKENS + ",", "\"previously_invalidated_tokens\":0,");
                try (RawConnection connection = survivor.connect()) {
                    // The counts may be returned once more, if the sweep was resumed: perhaps no caller got them.
                    assertThat(invalidate(connection, realm))
                            .containsAnyOf("\"invalidated_tokens\":" + TOKENS + ",", "\"invalidated_tokens\":0,");
                    assertThat(invalidate(connection, realm)).contains("\"invalidated_tokens\":0,");
                }
            }
            LOG.info("deaths={}", DEATHS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    /** Slow enough that most deaths come in the middle of the sweep. */
    private static String invalidate(RawConnection connection, String realm) {
        return connection.exchange(Requests.invalidateRealm(realm)).body();
    }

    private JarProcess start(RedisProcess redis) {
        return JarProcess.start(
                directory,
                "--redis.url=" + redis.url(),
                "--sweep.lease=1s",
                "--sweep.rate-limit=40",
                "--sweep.batch-size=1");
    }

    private String beginAndDie(RedisProcess redis, String realm, Random random) {
        try (JarProcess victim = start(redis)) {
            victim.awaitReady();
            try (RawConnection connection = victim.connect()) {
                String begun = connection.exchange(Requests.beginSweep(realm)).body();
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(600)).toNanos());
                victim.kill();
                Matcher name = SWEEP.matcher(begun);
                assertThat(name.find()).as(begun).isTrue();
                return name.group(1);
            }
        }
    }

    private static void register(RawConnection connection, String realm) {
        for (int i = 0; i < TOKENS; i++) {
            assertThat(connection
                            .exchange(Requests.register(realm, "user-" + i, realm + "-token-" + i))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static String show(JarProcess service, String sweep) {
        try (RawConnection connection = service.connect()) {
            return connection.exchange(Requests.get("/v1/sweeps/" + sweep)).body();
        }
    }
}
