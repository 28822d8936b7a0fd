package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shortest bound, with a service whose heartbeats are as frequent as that asks for. */
class ShortBoundTest {
    private static final Duration BOUND = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = "--redis.prefix=" + Api.fresh("short");
    private final RunningService one = RunningService.start(prefix, "--feed.heartbeat=100ms");
    private final RunningService other = RunningService.start(prefix, "--feed.heartbeat=100ms");
    private final Cable cable = Cable.to(vertx, one.port());

    @AfterEach
    void stop() {
        one.close();
        other.close();
        Waiting.get(vertx.close());
    }

    @Test
    void saysNothingThatIsOlderWhileTheConnectionIsHeldUp() {
        try (Watched view = Watched.of(List.of(cable.uri()), how -> how.bound(BOUND))) {
            TokenKey joe = Watched.token("corp", "joe").build();
            Waiting.until("known", () -> view.view().state(joe) == NOT_REVOKED);
            cable.hold();
            assertThat(new Api(other).invalidateUser("joe")).startsWith("200");
            long acknowledged = System.nanoTime();
            Waiting.until("three times the bound", () -> {
                long asked = System.nanoTime() - acknowledged;
                RevocationState state = view.view().state(joe);
                assertThat(state == NOT_REVOKED && asked > BOUND.toNanos())
                        .as(view.toString())
                        .isFalse();
                return asked > 3 * BOUND.toNanos();
            });

            cable.mend();

            view.await(Watched.token("corp", "joe"), REVOKED);
            view.await(Watched.token("corp", "ann"), NOT_REVOKED);
        }
    }

    /** Without that, silence is two seconds. */
    @Test
    void leavesADeadConnectionAsSoonAsFrequentHeartbeatsTell() {
        try (Watched view = Watched.of(List.of(cable.uri(), other.uri("")), how -> how.bound(BOUND))) {
            view.await(Watched.token("corp", "ann"), NOT_REVOKED);
            long begun = System.nanoTime();
            Waiting.until("some heartbeats", () -> System.nanoTime() - begun > BOUND.toNanos());
            cable.hold();
            long held = System.nanoTime();
            // That there is silence, or that the last heartbeats had nothing newer: whichever comes first.
            view.awaitTold("feed: ");
            assertThat(Duration.ofNanos(System.nanoTime() - held)).isLessThan(Duration.ofMillis(1800));
        }
    }

    @Test
    void goesOnWithAnotherNode() {
        try (Watched view = Watched.of(List.of(cable.uri(), other.uri("")), how -> how.bound(BOUND))) {
            view.await(Watched.token("corp", "ann"), NOT_REVOKED);
            cable.hold();
            assertThat(new Api(other).invalidateUser("joe")).startsWith("200");
            view.await(Watched.token("corp", "joe"), REVOKED);
            view.await(Watched.token("corp", "ann"), NOT_REVOKED);
        }
    }
}
