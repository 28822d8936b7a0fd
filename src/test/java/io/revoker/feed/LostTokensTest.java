package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis loses that single tokens were revoked. */
class LostTokensTest {
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));
    private static final int MANY = 200;
    private static final int FEW_COMMANDS = 64;

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Vertx vertx = Vertx.vertx();
    private final Grant grant = Grants.access(holder("corp", "joe"));
    private final Grant pair = Grants.pair(holder("corp", "eve"));

    @AfterEach
    void close() {
        get(vertx.close());
        server.close();
    }

    /** The packet that says so is lost, so it waits for its time-out, while the connection of the checks is made anew. */
    @Test
    void callsNoneActiveWhileTheFeedHasNotHeardThatTheServerWasGone() {
        Tuning patient = Tuning.DEFAULT.timeout(Duration.ofSeconds(2)).heartbeat(Duration.ofMillis(500));
        try (Node node = Node.onRedis(patient, wayWithoutEndForTheFeed(), prefix, 1)) {
            get(node.register(grant));
            get(node.register(pair));
            Path snapshot = server.copyFiles();
            revoke(node, grant);
            get(node.revoke(new Target.OneToken(TokenKind.REFRESH, refreshId(pair), Target.Extent.GRANT)));
            until("heard", () -> node.heard().size() == 2);

            server.kill();
            server.restoreFiles(snapshot);
            server.start();

            until("asserted", () -> {
                assertThat(checked(node, grant)).isNotEqualTo(Verdict.Status.ACTIVE);
                assertThat(checked(node, pair)).isNotEqualTo(Verdict.Status.ACTIVE);
                return isAsserted(node);
            });
            assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
            assertThat(get(node.check(accessId(pair)))).isEqualTo(Verdict.INVALIDATED);
        }
    }

    @Test
    void isReadyAgainThoughMoreWereRevokedThanThereMayBeCommands() {
        try (Node node = Node.onRedis(TUNING.maxInFlight(FEW_COMMANDS), server.url(), prefix, 1)) {
            List<Grant> grants = IntStream.range(0, MANY)
                    .mapToObj(i -> Grants.access(holder("corp", "user" + i)))
                    .toList();
            grants.forEach(one -> get(node.register(one)));
            grants.forEach(one -> revoke(node, one));

            loseTheLog();

            until("asserted", () -> isAsserted(node));
        }
    }

    /** It can't be invalidated, today or later. */
    @Test
    void isReadyAgainThoughOneIsDamaged() {
        try (Node node = Node.onRedis(TUNING, server.url(), prefix, 1);
                RedisClient redis = server.client()) {
            get(node.register(grant));
            String state = redis.keys(prefix + ":h:").get(0);
            redis.call("DEL", state);
            redis.call("SET", state, "not ours");
            assertThat(revoke(node, grant).errorCount()).isEqualTo(1);

            loseTheLog();

            until("asserted", () -> isAsserted(node));
        }
    }

    /** It is dead by its tombstone, and its registration is live as it was made. */
    @Test
    void takesNoJwtForLostThatWasRegisteredAfterItsRevocation() {
        TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
        String token = issuer.token("joe");
        VerifiedJwt jwt = issuer.read(token);
        Target.OneJwt target = new Target.OneJwt(jwt.holder().realm(), jwt.id(), jwt.expiresAt());
        try (Node node = Node.onRedis(TUNING, server.url(), prefix, 1);
                RedisClient redis = server.client()) {
            get(node.revoke(new Target.OfUser(holder("corp", "eve").user())));
            get(node.bus().revoke(new Revoke(target, RealmScope.ALL).ofJwt(target, jwt)));
            get(node.register(new Grant(
                    jwt.holder(),
                    Optional.of(Grant.Granted.of(token, jwt.expiresAt())),
                    Optional.empty(),
                    jwt.facts())));
            until("heard", () -> node.heard().size() == 2);

            redis.call("CLIENT", "KILL", "TYPE", "normal");

            until("in doubt", () -> isInDoubt(node, jwt));
            until("looked up", () -> !isInDoubt(node, jwt));
            assertThat(node.counted("revoker.log.went.back")).isZero();
        }
    }

    private static boolean isInDoubt(Node node, VerifiedJwt jwt) {
        return node.marks().remembersAny(jwt.holder().realm(), List.of(jwt.id()));
    }

    private static Verdict.Status checked(Node node, Grant grant) {
        return get(node.check(accessId(grant)).otherwise(Verdict.UNKNOWN)).status();
    }

    private static Report revoke(Node node, Grant grant) {
        return get(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(grant))));
    }

    private static boolean isAsserted(Node node) {
        return node.counted("revoker.log.went.back") == 1 && node.marks().isCurrent();
    }

    private void loseTheLog() {
        try (RedisClient redis = server.client()) {
            redis.keys(prefix + ":{log}:").forEach(key -> redis.call("DEL", key));
        }
    }

    /** A way to the server by which a client that reads the log does not hear that the server has closed. */
    private String wayWithoutEndForTheFeed() {
        return Relay.to(vertx, server.url(), LostTokensTest::join).url();
    }

    private static Handler<Buffer> join(Relay.Connection connection) {
        AtomicBoolean readsTheLog = new AtomicBoolean();
        connection.onServerClosed(() -> {
            if (!readsTheLog.get()) {
                connection.closeClient();
            }
        });
        return request -> {
            if (request.toString().toLowerCase(Locale.ROOT).contains("xread")) {
                readsTheLog.set(true);
            }
            connection.pass(request);
        };
    }
}
