package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.ServerLink;
import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A clock that is wrong for a moment is not followed by wrong stamps for good: the log would never be trimmed again, and no mark would be dropped. */
class StampRangeTest {
    private static final Target USER = new Target.OfUser(holder("corp", "joe").user());
    private static final DurabilitySettings NONE = new DurabilitySettings(Fsync.UNKNOWN, 0, Duration.ofMillis(100));
    private static final LogSettings SETTINGS = new LogSettings(
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            NONE,
            Duration.ofDays(1));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Keys keys = new Keys(Backend.newPrefix(), 1);
    private final List<ServerLink> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(link -> get(OnLoop.on(context, link::close)));
        get(vertx.close());
    }

    @Test
    void givesNoStampThatIsAYearAhead() {
        Instant yearAgo = Instant.now().minus(365, ChronoUnit.DAYS);
        RedisRevocationLog log = log(InstantSource.fixed(yearAgo));

        Stamp first = get(OnLoop.on(context, () -> log.append(USER)));
        Stamp second = get(OnLoop.on(context, () -> log.append(USER)));
        Stamp third = get(OnLoop.on(context, () -> log.goOn(second)));

        assertThat(first.instant()).isCloseTo(yearAgo, within(2, ChronoUnit.DAYS));
        assertThat(second.isAfter(first)).isTrue();
        assertThat(third.isAfter(second)).isTrue();
        assertThat(third.instant()).isCloseTo(yearAgo, within(2, ChronoUnit.DAYS));
    }

    @Test
    void followsTheClockOfRedisThatIsMinutesAhead() {
        RedisRevocationLog log = log(InstantSource.fixed(Instant.now().minus(1, ChronoUnit.HOURS)));

        Stamp stamp = get(OnLoop.on(context, () -> log.append(USER)));

        assertThat(stamp.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    private RedisRevocationLog log(InstantSource machine) {
        return get(OnLoop.on(context, () -> {
            ServerLink link = new ServerLink(
                    vertx, Tuning.DEFAULT.redis(RedisServers.embedded().url()));
            opened.add(link);
            Confirmations confirmations = new Confirmations(
                    context, link, new ReplicaCount(keys::replicationProbe, NONE.replicas(), NONE.patience()));
            StampRange bounds = new StampRange(() -> Stamp.NONE, new RedisClock(machine, Duration.ofSeconds(1)));
            WriteBarrier barrier = new WriteBarrier(List.of(link), link, confirmations, NONE);
            return link.open().map(new RedisRevocationLog(link, keys, SETTINGS, barrier, bounds));
        }));
    }
}
