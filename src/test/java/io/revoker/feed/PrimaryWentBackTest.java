package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.LogCapture;
import io.revoker.testing.Node;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another primary of a Cluster than that of the log loses its newest writes: by a restart from an older snapshot. */
class PrimaryWentBackTest {
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));
    private static final int REALM_SHARDS = 4;

    private final RedisCluster cluster = RedisCluster.start(3, 0);
    private final RedisProcess ofTheLog = cluster.primaryOf("{log}");
    private final RedisProcess primary = cluster.primaries().stream()
            .filter(node -> !node.equals(ofTheLog))
            .findFirst()
            .orElseThrow();
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, cluster.url(), prefix, 1);
    private final Grant single = Grants.access(holderThere());
    private final Grant pair = Grants.pair(holderThere());
    private final Grant untouched = Grants.access(holderThere());

    @AfterEach
    void close() {
        node.close();
        cluster.close();
    }

    @Test
    void invalidatesAgainWhatItHasLost() {
        get(node.register(single));
        get(node.register(pair));
        get(node.register(untouched));
        Path snapshot = primary.copyFiles();
        assertThat(get(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(single))))
                        .tally()
                        .invalidated())
                .isEqualTo(1);
        assertThat(get(node.revoke(new Target.OneToken(TokenKind.REFRESH, refreshId(pair), Target.Extent.GRANT)))
                        .tally()
                        .invalidated())
                .isEqualTo(2);

        try (LogCapture lines = LogCapture.open(Level.ERROR)) {
            primary.kill();
            primary.restoreFiles(snapshot);
            primary.start();

            until("noticed", () -> node.counted("revoker.log.went.back") == 1);
            assertThat(lines.lines())
                    .anyMatch(line -> line.contains("store went back, revoked tokens invalidated again tokens=3"));
        }
        until("answered", () -> isActive(untouched));
        assertThat(get(node.check(accessId(single)))).isEqualTo(Verdict.INVALIDATED);
        assertThat(get(node.check(accessId(pair)))).isEqualTo(Verdict.INVALIDATED);
        assertThat(get(node.check(refreshId(pair)))).isEqualTo(Verdict.INVALIDATED);
    }

    /**
     * While its entry in the log is kept waiting, on another primary, the one with the token forgets that it is dead.
     * The instance that revokes it, or one that reads the log, invalidates it again.
     */
    @Test
    void invalidatesWhatItHasLostBeforeTheLogHadIt() {
        get(node.register(single));
        get(node.register(untouched));
        Path snapshot = primary.copyFiles();
        ofTheLog.pauseWrites(Duration.ofMinutes(1));
        Future<Report> revoked = node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(single)));
        until("invalidated", () -> get(node.check(accessId(single))).equals(Verdict.INVALIDATED));
        primary.kill();
        primary.restoreFiles(snapshot);
        primary.start();
        until("answered", () -> isActive(untouched));

        ofTheLog.unpauseWrites();

        until("answered or given up", revoked::isComplete);
        until("in the log", () -> !node.heard().isEmpty());
        until("answered again", () -> isActive(untouched));
        assertThat(get(node.check(accessId(single)))).isEqualTo(Verdict.INVALIDATED);
    }

    private boolean isActive(Grant grant) {
        return get(node.check(accessId(grant))
                .map(verdict -> verdict.status() == Verdict.Status.ACTIVE)
                .otherwise(false));
    }

    private UserInRealm holderThere() {
        return IntStream.range(0, 100)
                .mapToObj(i -> holder("corp", "user" + i))
                .filter(user -> cluster.primaryOf(tag(user)).equals(primary))
                .findFirst()
                .orElseThrow();
    }

    private static String tag(UserInRealm user) {
        return "{corp/" + Math.floorMod(user.user().key().hashCode(), REALM_SHARDS) + "}";
    }
}
