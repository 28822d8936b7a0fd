package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.domain.store.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** More followers than are named. */
class ManyFollowersTest {
    private static final int MANY = 300;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FollowerWatch watch = new FollowerWatch(registry);
    private final Instant now = Instant.now();
    private final Stamp newest = new Stamp(Mark.at(now.minusSeconds(2)).micros());

    private KnownFollower follower(String name, Stamp confirmed, Duration silence) {
        return new KnownFollower(
                new FollowerId("caller", name),
                RealmScope.ALL,
                confirmed,
                Optional.empty(),
                now.minus(silence),
                now.minus(silence));
    }

    /** It is heard of more often than the others. */
    @Test
    void nameTheOneThatLags() {
        watch.look(new Found(
                newest,
                now,
                Stream.concat(
                                IntStream.range(0, MANY)
                                        .mapToObj(i -> follower("good" + i, newest, Duration.ofMillis(500))),
                                Stream.of(follower("late", new Stamp(1), Duration.ZERO)))
                        .toList()));

        assertThat(registry.get("revoker.follower.lag")
                        .tag("follower", "late")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(2);
    }
}
