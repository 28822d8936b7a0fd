package io.revoker.feed;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.LockStore.Find;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.Traits;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis loses a lock with its newest writes. */
class LockWentBackTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Traits TRAITS = Traits.of(Grants.access(JOE));
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, server.url(), prefix, 1);
    private final Node other = Node.onRedis(TUNING, server.url(), prefix, 1);

    @AfterEach
    void close() {
        node.close();
        other.close();
        server.close();
    }

    static Stream<Target> targets() {
        return Stream.concat(Stream.of(new Target.OfUserInRealm(JOE), new Target.OfAll()), Grants.selections(JOE));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isWrittenAgainByThoseWhoSawIt(Target target) {
        get(node.register(Grants.access(JOE)));
        Path snapshot = server.copyFiles();
        Instant end = Instant.now().plusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        get(node.bus().revoke(new Revoke(target, RealmScope.ALL).locking(Optional.of(end))));
        until("heard", () -> other.marks().lockedUntil(TRAITS).equals(Optional.of(end)));

        server.kill();
        server.restoreFiles(snapshot);
        server.start();

        until(
                "asserted",
                () -> List.of(node, other).stream()
                        .allMatch(each -> each.counted("revoker.log.went.back") == 1
                                && each.marks().isCurrent()));
        assertThat(get(node.bus().findLocks(new Find(RealmScope.ALL))).locks())
                .extracting(Lock::until)
                .containsExactly(end);
        try (Node late = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            assertThat(late.marks().lockedUntil(TRAITS)).contains(end);
            for (Node each : List.of(node, other, late)) {
                assertThat(get(each.register(Grants.access(JOE))
                                .map("registered")
                                .otherwise(failure -> ((Problem) failure).kind().name())))
                        .isEqualTo("LOCKED");
            }
        }
    }
}
