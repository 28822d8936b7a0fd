package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.earlier;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.Registration.Outcome;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis loses a mark of what was issued before an instant with its newest writes. */
class IssuedBeforeWentBackTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));

    private final Instant instant = Grants.now().minusSeconds(60);
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

    @Test
    void isWrittenAgainByThoseWhoSawIt() {
        Grant early = earlier(HOUR, Grants.access(JOE));
        Grant late = Grants.access(JOE);
        get(node.register(early));
        get(node.register(late));
        Path snapshot = server.copyFiles();
        get(node.revoke(new Target.IssuedBefore(new Target.OfUser(JOE.user()), instant)));
        until("heard", () -> isCovered(other));

        server.kill();
        server.restoreFiles(snapshot);
        server.start();

        until(
                "asserted",
                () -> List.of(node, other).stream()
                        .allMatch(each -> each.counted("revoker.log.went.back") == 1
                                && each.marks().isCurrent()));
        try (Node started = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            for (Node each : List.of(node, other, started)) {
                assertThat(isCovered(each)).isTrue();
                assertThat(get(each.check(accessId(early)))).isEqualTo(Verdict.INVALIDATED);
                assertThat(get(each.check(accessId(late))).status()).isEqualTo(Verdict.Status.ACTIVE);
                assertThat(get(each.register(earlier(HOUR, Grants.access(JOE)))).outcome())
                        .isEqualTo(Outcome.INVALIDATED);
            }
        }
    }

    private boolean isCovered(Node each) {
        return each.marks().coverOf(Traits.of(Grants.access(JOE))).equals(new Cover(Stamp.NONE, Mark.at(instant)));
    }
}
