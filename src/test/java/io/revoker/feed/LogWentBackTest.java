package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis loses its newest writes: by a restart from an older snapshot, by one without any, by a fail-over to a replica that lagged. */
class LogWentBackTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, server.url(), prefix, 1);

    private final Grant user = Grants.access(JOE);
    private final Grant realm = Grants.access(holder("shop", "eve"));
    private final Grant both = Grants.access(holder("corp", "ann"));
    private final Grant single = Grants.access(holder("corp", "bob"));
    private final Grant untouched = Grants.access(holder("corp", "ben"));

    @AfterEach
    void close() {
        node.close();
        server.close();
    }

    @Test
    void assertsAgainWhatItSaw() {
        registerAll();
        Path snapshot = server.copyFiles();
        revokeAll();

        server.kill();
        server.restoreFiles(snapshot);
        server.start();
        appendElsewhere();

        until("noticed", () -> node.counted("revoker.log.went.back") == 1);
        until("asserted", () -> node.marks().isCurrent());
        expect(node);
        try (Node late = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            expect(late);
        }
    }

    /** From the first moment on, long before all of it is written again. */
    @Test
    void callsNothingActiveThatItSawRevoked() {
        registerAll();
        Path snapshot = server.copyFiles();
        revokeAll();
        until("heard", () -> node.heard().size() == 4);

        server.kill();
        server.restoreFiles(snapshot);
        server.start();

        until("asserted", () -> {
            List.of(user, realm, both, single).forEach(this::expectNotActive);
            return node.counted("revoker.log.went.back") == 1 && node.marks().isCurrent();
        });
        expect(node);
    }

    /** It may fail for want of a connection. */
    private void expectNotActive(Grant grant) {
        Verdict answer = get(node.check(accessId(grant)).otherwise(Verdict.UNKNOWN));
        assertThat(answer.status()).isNotEqualTo(Verdict.Status.ACTIVE);
    }

    @Test
    void tellsWhatOthersHaveRevokedSinceTheLoss() {
        registerAll();
        Path snapshot = server.copyFiles();
        revokeAll();
        until("heard", () -> node.heard().size() == 4);

        server.kill();
        Target other = new Target.OfUser(holder("corp", "tom").user());
        Stamp stamp = appendOn(snapshot, other);
        server.restoreFiles(snapshot);
        server.start();

        until(
                "asserted",
                () -> node.counted("revoker.log.went.back") == 1 && node.marks().isCurrent());
        until("heard", () -> node.heard().contains(new Revocation(stamp, other)));
        assertThat(node.heard()).extracting(Revocation::stamp).isSorted().doesNotHaveDuplicates();
    }

    /** The newest entry alone would not show it: Redis gives a newer one at once. */
    @Test
    void noticesThatEverythingIsGone() {
        registerAll();
        revokeAll();

        try (RedisClient redis = server.client()) {
            redis.call("FLUSHALL");
        }
        appendElsewhere();

        until("noticed", () -> node.counted("revoker.log.went.back") == 1);
        until("asserted", () -> node.marks().isCurrent());
        registerAll();
        try (Node late = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            List.of(user, realm, both, untouched).forEach(grant -> expectActive(late, grant));
        }
    }

    /** A mark of its own is in the log then, newer than those that were lost. */
    @Test
    void noticesALossAlthoughItHasRevokedSince() {
        registerAll();
        revokeAll();

        try (RedisClient redis = server.client()) {
            redis.call("FLUSHALL");
        }
        get(node.revoke(new Target.OfUser(holder("corp", "tom").user())));

        until("noticed", () -> node.counted("revoker.log.went.back") == 1);
        until("asserted", () -> node.marks().isCurrent());
        assertThat(node.marks().has(MarkId.of(new Target.OfUser(JOE.user())))).isTrue();
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        assertThat(elsewhere.ports().mark(new Target.OfUser(JOE.user()))).isPresent();
        elsewhere.close().run();
    }

    @Test
    void noticesALossThoughItReadsTheMarksAnewBecauseOfAnother() {
        Vertx vertx = Vertx.vertx();
        Gate gate = Gate.open(vertx, server.url());
        try (Node late = Node.onRedis(TUNING, gate.url(), prefix, 1);
                RedisClient redis = server.client()) {
            gate.closeAt(":{log}:m:");
            Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
            get(elsewhere.ports().goOn(Stamp.NONE));
            until("it reads the marks", gate::isHolding);

            redis.call("FLUSHALL");
            elsewhere.close().run();
            gate.open();

            until("behind", () -> !late.marks().isCurrent());
            until("current again", () -> late.marks().isCurrent());
        }
        get(vertx.close());
    }

    /** Redis may be full when it comes back. */
    @Test
    void assertsWhatItKnowsAlthoughTheMemoryIsFull() {
        registerAll();
        Path snapshot = server.copyFiles();
        revokeAll();

        server.kill();
        server.restoreFiles(snapshot);
        server.start();
        try (RedisClient redis = server.client()) {
            redis.call("CONFIG", "SET", "maxmemory", "1");
        }

        until("noticed", () -> node.counted("revoker.log.went.back") == 1);
        until("asserted", () -> node.marks().isCurrent());
        expect(node);
    }

    @Test
    void registersTokensThatAreBornAfterEveryMarkThatItKnows() {
        get(node.revoke(new Target.OfUser(JOE.user())));
        try (RedisClient redis = server.client()) {
            redis.call("FLUSHALL");
        }

        get(node.register(user));

        expectActive(node, user);
    }

    /** Before this node sees the server again. */
    private Stamp appendOn(Path files, Target target) {
        try (RedisProcess another = RedisProcess.start(RedisServers.executable(), files)) {
            Backend.Opened elsewhere = Backend.open(TUNING, another.url(), prefix);
            Stamp stamp = get(elsewhere.ports().append(target));
            elsewhere.close().run();
            return stamp;
        }
    }

    private void registerAll() {
        List.of(user, realm, both, single, untouched).forEach(grant -> get(node.register(grant)));
    }

    private void revokeAll() {
        get(node.revoke(new Target.OfUser(JOE.user())));
        get(node.revoke(new Target.OfRealm(realm.holder().realm())));
        get(node.revoke(new Target.OfUserInRealm(both.holder())));
        get(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(single))));
    }

    /** Another instance now revokes, and gets a stamp that is newer than all that were lost. */
    private void appendElsewhere() {
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        get(elsewhere.ports().append(new Target.OfUser(holder("corp", "tom").user())));
        elsewhere.close().run();
    }

    private void expect(Node any) {
        Map.of("user", user, "realm", realm, "user in realm", both, "single", single)
                .forEach((name, grant) ->
                        assertThat(get(any.check(accessId(grant)))).as(name).isEqualTo(Verdict.INVALIDATED));
        expectActive(any, untouched);
    }

    private static void expectActive(Node any, Grant grant) {
        assertThat(get(any.check(accessId(grant))).status()).isEqualTo(Verdict.Status.ACTIVE);
    }
}
