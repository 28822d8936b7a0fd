package io.revoker.revocation.count;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts of more users than need no place, on an instance with one place. */
class LargeCountsTest {
    private static final int USERS = 5;
    private static final Target REALM = new Target.OfRealm(holder("corp", "joe").realm());
    private static final Target USER = new Target.OfUser(holder("corp", "joe-1").user());

    private final Backend.Opened opened =
            Backend.open(Tuning.OWN_HASHES, RedisServers.embedded().url(), Backend.newPrefix());
    private final OnLoop ports = opened.ports();
    private final HolderPlaces places = new HolderPlaces("counts of many users", 1, USERS - 1);

    @BeforeEach
    void register() {
        for (int i = 0; i < USERS; i++) {
            get(ports.register(Grants.access(holder("corp", "joe-" + i))));
        }
    }

    @AfterEach
    void close() {
        opened.close().run();
    }

    @Test
    void areRefusedWithoutAPlace() {
        assertThat(places.enter()).isTrue();

        Problem problem = problem(count(REALM, Duration.ofMinutes(1)));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(problem.text()).startsWith("counts of many users: 1 ");
        assertThat(get(count(USER, Duration.ofMinutes(1)))).isEqualTo(new Tally(1, 0));
    }

    @Test
    void leaveTheirPlacesHoweverTheyEnd() {
        assertThat(get(count(REALM, Duration.ofMinutes(1)))).isEqualTo(new Tally(USERS, 0));
        assertThat(problem(count(REALM, Duration.ZERO)).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(get(count(REALM, Duration.ofMinutes(1)))).isEqualTo(new Tally(USERS, 0));
    }

    /** Its patience is over when it has read the first page: the clock is one that the test has set. */
    private Future<Tally> count(Target target, Duration patience) {
        Instant now = Instant.now();
        AtomicInteger asked = new AtomicInteger();
        InstantSource ticking = () -> now.plusMillis(asked.getAndIncrement());
        MemoryStore noMarks = new MemoryStore(InstantSource.system());
        HolderCounts.Settings settings = new HolderCounts.Settings(Long.MAX_VALUE, now, patience, places);
        return OnLoop.on(
                        ports.context(),
                        () -> new HolderCounts(ports.store(), noMarks, ports.context(), ticking, target, settings)
                                .run())
                .map(Report::tally);
    }
}
