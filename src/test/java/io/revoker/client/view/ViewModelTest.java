package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.view.ModelWorld.Revoked;
import io.revoker.testing.Cable;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Revocations, cuts, delays, a log that is trimmed, a Redis that goes back, and restarts of everything in any order. No
 * follower says that something was not revoked which it has applied, nor what it has confirmed, nor longer than its
 * bound after that was acknowledged. {@code -Drevoker.seed} plays a failure again.
 */
class ViewModelTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int STEPS = 80;

    private final long seed = Long.getLong("revoker.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> history = new ArrayList<>(List.of("seed " + seed));
    private final Vertx vertx = Vertx.vertx();
    private final ModelWorld world = new ModelWorld(random, history);
    private final List<Follower> followers =
            List.of(new Follower("one", 0, Duration.ofSeconds(1)), new Follower("two", 1, Duration.ofMinutes(10)));
    private final TokenKey untouched = Watched.token("never", "never").build();

    /** A view in a program of its own, with its own lines to the instances. */
    private final class Follower {
        private final String name;
        private final int first;
        private final Duration refresh;
        private final List<Cable> cables =
                world.ports().stream().map(port -> Cable.to(vertx, port)).toList();
        private final Path file = RedisServers.directory().resolve("view");
        private Watched view;

        /**
         * Opens it.
         *
         * @param first which instance it asks first
         * @param refresh between two snapshots: seldom ones don't mend what was missed
         */
        Follower(String name, int first, Duration refresh) {
            this.name = name;
            this.first = first;
            this.refresh = refresh;
            this.view = open();
        }

        private Watched open() {
            List<URI> nodes = new ArrayList<>(cables.stream().map(Cable::uri).toList());
            Collections.rotate(nodes, first);
            return Watched.of(
                    nodes, how -> how.bound(BOUND).refresh(refresh).file(file).confirmAs(name));
        }

        void restart() {
            view.close();
            view = open();
        }

        /** @param confirmed what it had confirmed before it is asked now */
        void check(long confirmed) {
            for (Revoked one : world.revoked()) {
                long stamp = view.view().status().stamp();
                long before = System.nanoTime();
                RevocationState state = view.view().state(one.key());
                if (stamp >= one.stamp() && world.remembered().contains(one)) {
                    assertThat(state).as("applied by %s: %s", name, words()).isEqualTo(REVOKED);
                }
                if (Math.max(stamp, confirmed) >= one.stamp()) {
                    assertThat(state)
                            .as("confirmed by %s up to %d: %s", name, confirmed, words())
                            .isNotEqualTo(NOT_REVOKED);
                }
                if (before - one.acknowledgedAt() > BOUND.toNanos()) {
                    assertThat(state)
                            .as("beyond the bound of %s: %s", name, words())
                            .isNotEqualTo(NOT_REVOKED);
                }
            }
            assertThat(view.view().state(untouched)).as(words()).isNotEqualTo(REVOKED);
        }

        /** Whether it has confirmed all there is, and knows all that anybody knows. */
        boolean isDone(long confirmed) {
            return view.view().status().isFresh()
                    && world.revoked().stream().allMatch(one -> confirmed >= one.stamp())
                    && knowsAll();
        }

        private boolean knowsAll() {
            return (world.hasForgotten() || view.view().state(untouched) == NOT_REVOKED)
                    && world.remembered().stream().allMatch(one -> view.view().state(one.key()) == REVOKED);
        }
    }

    @AfterEach
    void stop() {
        followers.forEach(follower -> follower.view.close());
        world.close();
        Waiting.get(vertx.close());
    }

    @Test
    void neverSaysThatSomethingWasNotRevokedWhichWas() {
        for (int i = 0; i < STEPS; i++) {
            step();
            check();
        }
        followers.forEach(follower -> follower.cables.forEach(Cable::mend));
        world.revoke(); // newer than what Redis may have forgotten
        Waiting.until(() -> "all is known: " + words(), Waiting.PATIENCE, () -> {
            Map<String, Long> confirmed = check();
            return followers.stream().allMatch(one -> one.isDone(confirmed.getOrDefault(one.name, 0L)));
        });
    }

    private void step() {
        int kind = random.nextInt(24);
        Follower follower = followers.get(random.nextInt(followers.size()));
        int instance = random.nextInt(follower.cables.size());
        Cable cable = follower.cables.get(instance);
        String line = " " + follower.name + " to " + instance;
        if (kind < 9) {
            world.revoke();
        } else if (kind < 11) {
            note("hold" + line, cable::hold);
        } else if (kind < 13) {
            note("cut" + line, cable::cut);
        } else if (kind < 16) {
            note("mend" + line, cable::mend);
        } else if (kind < 17) {
            note("restart of " + follower.name, follower::restart);
        } else if (kind < 18) {
            note("restart of Redis", world::restartRedis);
        } else if (kind < 19) {
            note("restart of instance " + instance, () -> restart(instance));
        } else if (kind < 20) {
            note("trim", world::trim);
        } else if (kind < 21) {
            note("copy of Redis, or back to it", () -> world.goBack(this::isSound));
        } else {
            pause();
        }
    }

    private void note(String what, Runnable action) {
        history.add(what);
        action.run();
    }

    private void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1500));
        history.add("pause");
        Waiting.until("time", () -> isSound() && System.nanoTime() - end > 0);
    }

    private void restart(int instance) {
        int port = world.restart(instance);
        followers.forEach(follower -> follower.cables.get(instance).redirect(port));
    }

    private boolean isSound() {
        check();
        return true;
    }

    private Map<String, Long> check() {
        Map<String, Long> confirmed = world.confirmed();
        followers.forEach(one -> one.check(confirmed.getOrDefault(one.name, 0L)));
        return confirmed;
    }

    private String words() {
        return history + " "
                + followers.stream().map(one -> one.view.toString()).toList();
    }
}
