package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static io.revoker.client.view.RevocationState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view whose service is away, has lost something, or is another one. */
class ViewOutageTest {
    private static final Duration BOUND = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Api.fresh("view");
    private RunningService service = start();
    private Cable cable = Cable.to(vertx, service.port());

    @TempDir
    private Path directory;

    private RunningService start() {
        return RunningService.on(redis.url(), "--redis.prefix=" + prefix);
    }

    @AfterEach
    void stop() {
        service.close();
        Waiting.get(vertx.close());
        redis.close();
    }

    private Watched view(URI... nodes) {
        return view(List.of(nodes), how -> how);
    }

    private static Watched view(List<URI> nodes, UnaryOperator<RevocationViewBuilder> how) {
        return Watched.of(nodes, builder -> how.apply(builder.bound(BOUND)));
    }

    /** On a busy machine Redis may answer too late once. */
    private void revoke(String user) {
        Waiting.until("revoked", () -> new Api(service).invalidateUser(user).startsWith("200"));
    }

    private static TokenKeyBuilder of(String user) {
        return Watched.token("corp", user);
    }

    @Test
    void saysNothingThatIsOlderThanTheBoundHoweverTheConnectionIsLost() {
        try (Watched view = view(cable.uri()).awaitFresh()) {
            TokenKey joe = of("joe").build();
            cable.hold();
            long held = System.nanoTime();
            revoke("joe");
            Waiting.until("longer than the bound", () -> {
                boolean isOver = System.nanoTime() - held > BOUND.toNanos();
                RevocationState state = view.view().state(joe);
                assertThat(state).isIn(isOver ? List.of(UNKNOWN) : List.of(UNKNOWN, NOT_REVOKED));
                return isOver && view.hasHeard("stale") && view.hasHeard("feed: silence");
            });

            cable.mend();

            view.await(of("joe"), REVOKED);
            view.awaitFresh();
        }
    }

    @Test
    void goesOnWithAnotherNodeAndMissesNothing() {
        try (RunningService other = start();
                Watched view = view(cable.uri(), other.uri("")).awaitFresh()) {
            revoke("before");
            view.await(of("before"), REVOKED);
            cable.cut();
            revoke("after");
            view.await(of("after"), REVOKED);
            view.await(of("none"), NOT_REVOKED);
        }
    }

    @Test
    void comesBackAfterARestartOfTheServiceAndOfRedis() {
        try (Watched view = view(cable.uri()).awaitFresh()) {
            revoke("joe");
            view.await(of("joe"), REVOKED);
            redis.kill();
            view.awaitStale();
            assertThat(view.state(of("ann"))).isEqualTo(UNKNOWN);
            assertThat(view.state(of("joe"))).isEqualTo(REVOKED);

            redis.start();
            view.awaitFresh();
            revoke("ann");
            view.await(of("ann"), REVOKED);
            assertThat(view.state(of("joe"))).isEqualTo(REVOKED);
            assertThat(view.hasHeard("went back")).isFalse();
        }
    }

    @Test
    void takesASnapshotIfTheLogWasTrimmedMeanwhile() {
        try (Watched view = view(cable.uri()).awaitFresh()) {
            revoke("joe");
            view.await(of("joe"), REVOKED);
            cable.cut();
            revoke("ann");
            service.close();
            try (RedisClient client = redis.client()) {
                client.call("XTRIM", prefix + ":{log}:events", "MAXLEN", "1");
                client.call("SET", prefix + ":{log}:clock", Long.toString(System.currentTimeMillis() * 2000));
            }
            service = start();
            cable.redirect(service.port());
            cable.mend();
            view.await(of("ann"), REVOKED);
            view.awaitFresh();
            view.await(of("ben").issuedAt(Instant.now()), NOT_REVOKED);
        }
    }

    @Test
    void keepsWhatRedisHasLostAndGoesOn() {
        try (Watched view = view(service.uri("")).awaitFresh();
                RedisClient client = redis.client()) {
            revoke("joe");
            view.await(of("joe"), REVOKED);
            long newest = view.view().status().stamp();

            client.call("XDEL", prefix + ":{log}:events", newest + "-0");

            Waiting.until("beyond it", () -> view.view().status().stamp() > newest);
            view.awaitFresh();
            revoke("ann");
            view.await(of("ann"), REVOKED);
            assertThat(view.state(of("joe"))).isEqualTo(REVOKED);
            assertThat(view.state(of("ben"))).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void isStaleWithMoreThanItMayHave() {
        try (Watched view =
                view(List.of(service.uri("")), how -> how.mostEntries(2)).awaitFresh()) {
            revoke("joe");
            revoke("ann");
            view.await(of("ann"), REVOKED);
            revoke("ben");
            view.awaitStale();
            view.awaitTold("more entries than the view may have (expected: at most 2)");
            assertThat(view.state(of("joe"))).isEqualTo(REVOKED);
            assertThat(view.state(of("ben"))).isNotEqualTo(NOT_REVOKED);
        }
    }

    @Test
    void knowsWhatIsRevokedAgainThoughItHasNoRoomForMore() {
        try (Watched view =
                view(List.of(service.uri("")), how -> how.mostEntries(2)).awaitFresh()) {
            revoke("joe");
            revoke("ann");
            view.await(of("ann"), REVOKED);
            long before = view.view().status().stamp();
            revoke("joe");
            Waiting.until("beyond it", () -> view.view().status().stamp() > before);
            view.awaitFresh();
            assertThat(view.hasHeard("more entries")).isFalse();
        }
    }

    /** Written by a view that was closed. */
    private Path fileThatKnowsJoe() {
        Path file = directory.resolve("view");
        try (Watched view =
                view(List.of(service.uri("")), how -> how.file(file)).awaitFresh()) {
            revoke("joe");
            view.await(of("joe"), REVOKED);
        }
        return file;
    }

    private void startFromNothing() {
        service.close();
        try (RedisClient client = redis.client()) {
            client.call("FLUSHALL");
        }
        service = start();
    }

    @Test
    void beginsWithItsFileWhenNobodyAnswers() {
        Path file = fileThatKnowsJoe();
        cable.cut();

        try (Watched again = view(List.of(cable.uri()), how -> how.file(file))) {
            again.await(of("joe"), REVOKED);
            assertThat(again.state(of("ann"))).isEqualTo(UNKNOWN);
            assertThat(again.view().ready()).isNotDone();
            revoke("ann");
            cable.mend();
            again.awaitFresh();
            assertThat(again.state(of("joe"))).isEqualTo(REVOKED);
            assertThat(again.state(of("ann"))).isEqualTo(REVOKED);
            assertThat(again.hasHeard("went back")).isFalse();
        }
    }

    /** Started from nothing, it knows less than the view has: an alarm, until it has come further. */
    @Test
    void doesNotGoBackWithItsService() {
        Path file = fileThatKnowsJoe();
        startFromNothing();

        try (Watched again = view(List.of(service.uri("")), how -> how.file(file))) {
            again.awaitTold("went back");
            assertThat(again.state(of("joe"))).isEqualTo(REVOKED);
            assertThat(again.state(of("ann"))).isEqualTo(UNKNOWN);

            revoke("ben");

            again.awaitFresh();
            assertThat(again.state(of("joe"))).isEqualTo(REVOKED);
            again.await(of("ben"), REVOKED);
            assertLost(again);
        }
    }

    /** What the service has lost, the view may not have got either. */
    private static void assertLost(Watched view) {
        assertThat(view.state(of("ann"))).isEqualTo(UNKNOWN);
        view.await(of("ann").issuedAt(Instant.now().plusSeconds(120)), NOT_REVOKED);
    }

    /** Its stamps are newer than those of the view, but it does not have them. */
    @Test
    void noticesThatItsServiceHasLostWhatItKnowsWhileItWasAway() {
        Path file = fileThatKnowsJoe();
        startFromNothing();
        revoke("ben");

        for (int i = 0; i < 2; i++) {
            try (Watched again =
                    view(List.of(service.uri("")), how -> how.file(file)).awaitFresh()) {
                assertThat(again.state(of("joe"))).isEqualTo(REVOKED);
                assertThat(again.state(of("ben"))).isEqualTo(REVOKED);
                assertLost(again);
            }
        }
    }

    @Test
    void ignoresADamagedFile() throws Exception {
        Path file = Files.writeString(directory.resolve("view"), "nonsense");
        try (Watched view =
                view(List.of(service.uri("")), how -> how.file(file)).awaitFresh()) {
            assertThat(view.hasHeard("state file: damaged")).isTrue();
        }
    }
}
