package io.revoker.feed;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Check;
import io.revoker.bus.Revoke;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Backend;
import io.revoker.testing.Node;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocations of unregistered JWTs, as other nodes see them, and after Redis has lost them. */
class JwtElsewhereTest {
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, server.url(), prefix, 1);
    private final TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
    private final String token = issuer.token("joe");
    private final UserInRealm joe = issuer.read(token).holder();
    private final Vertx vertx = Vertx.vertx();
    private volatile boolean holding;

    @AfterEach
    void close() {
        node.close();
        server.close();
        get(vertx.close());
    }

    /** It hears of nothing: its feed reads the log through a relay that keeps what it asks. */
    @ParameterizedTest
    @ValueSource(strings = {"realm", "user", "user_in_realm", "jwt", "jti"})
    void diesOnAllNodesWithTheAcknowledgement(String kind) {
        Relay relay = Relay.to(vertx, server.url(), connection -> request -> {
            if (!holding || !isOfFeed(request)) {
                connection.pass(request);
            }
        });
        // The feed is to wait for the log, and not for the end of its call.
        Tuning patient = TUNING.timeout(Duration.ofSeconds(30)).heartbeat(Duration.ofSeconds(10));
        try (Node deaf = Node.onRedis(patient, relay.url(), prefix, 1)) {
            get(node.revoke(new Target.OfRealm(new RealmId("before"))));
            until("heard", () -> deaf.heard().size() == 1);
            assertThat(check(deaf)).isEqualTo(Verdict.Status.ACTIVE);
            holding = true;
            get(node.revoke(new Target.OfRealm(new RealmId("elsewhere"))));

            revoke(kind);

            assertThat(check(deaf)).isEqualTo(Verdict.Status.INVALIDATED);
            assertThat(deaf.heard()).as("what it has heard of").hasSizeLessThanOrEqualTo(2);
            assertThat(deaf.marks().newestFor(joe)).isEqualTo(Stamp.NONE);
            assertThat(check(deaf, issuer.issuedAt("jane", now() + 2.0))).isEqualTo(Verdict.Status.ACTIVE);
        }
    }

    /** It reads the log after the check has begun, and before that learns the newest mark. */
    @Test
    void isLockedOnANodeThatHearsOfTheLockWhileItChecks() {
        Queue<Runnable> feed = new ConcurrentLinkedQueue<>();
        Queue<Runnable> checks = new ConcurrentLinkedQueue<>();
        Relay relay = Relay.to(vertx, server.url(), connection -> request -> {
            Runnable pass = () -> connection.pass(request);
            if (holding && isOfFeed(request)) {
                feed.add(pass);
            } else if (holding && request.toString().contains(":x:")) {
                checks.add(pass);
            } else {
                pass.run();
            }
        });
        Tuning patient = TUNING.timeout(Duration.ofSeconds(30)).heartbeat(Duration.ofSeconds(10));
        try (Node late = Node.onRedis(patient, relay.url(), prefix, 1)) {
            get(node.revoke(new Target.OfRealm(new RealmId("before"))));
            until("heard", () -> late.heard().size() == 1);
            holding = true;
            get(node.revoke(new Target.OfRealm(new RealmId("elsewhere"))));
            until("asked for what comes", () -> !feed.isEmpty());
            get(node.bus()
                    .revoke(new Revoke(new Target.OfUser(joe.user()), RealmScope.ALL)
                            .locking(Optional.of(Instant.now().plusSeconds(60)))));
            Future<Verdict> checked = late.bus().check(question(issuer.issuedAt("joe", now() + 5.0)));
            until("begun", () -> !checks.isEmpty());
            holding = false;
            feed.forEach(Runnable::run);
            until("heard", () -> late.heard().size() == 3);

            checks.forEach(Runnable::run);

            assertThat(get(checked).status()).isEqualTo(Verdict.Status.INVALIDATED);
        }
    }

    private static boolean isOfFeed(Buffer request) {
        return request.toString().toLowerCase(Locale.ROOT).contains("xread");
    }

    @Test
    void staysDeadAfterRedisHasLostItsNewestWrites() {
        get(node.revoke(new Target.OfUser(joe.user())));
        String single = issuer.issuedAt("jane", now());
        String byJti = issuer.issuedAt("jane", now());
        Path snapshot = server.copyFiles();
        assertThat(revokeShown(single).tally()).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(get(node.revoke(byJti(byJti))).tally()).isEqualTo(Tally.ONE_INVALIDATED);

        server.kill();
        server.restoreFiles(snapshot);
        server.start();

        until("asserted", () -> {
            for (String dead : List.of(single, byJti, token)) {
                assertThat(checkIfItCan(dead)).isNotEqualTo(Verdict.Status.ACTIVE);
            }
            return node.counted("revoker.log.went.back") == 1 && node.marks().isCurrent();
        });
        try (Node late = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            for (String dead : List.of(single, byJti, token)) {
                assertThat(check(late, dead)).isEqualTo(Verdict.Status.INVALIDATED);
            }
            assertThat(check(late, issuer.token("jane"))).isEqualTo(Verdict.Status.ACTIVE);
        }
        assertThat(revokeShown(single).tally()).isEqualTo(Tally.ONE_PREVIOUSLY);
    }

    /** It may fail for want of a connection. */
    private Verdict.Status checkIfItCan(String jwt) {
        return get(node.bus().check(question(jwt)).otherwise(Verdict.UNKNOWN)).status();
    }

    @Test
    void isPublished() {
        Report report = revokeShown(token);

        until("heard", () -> !node.heard().isEmpty());
        assertThat(node.heard().get(0).stamp()).isEqualTo(report.stamp());
        assertThat(node.heard().get(0).target()).isEqualTo(shown(token));
    }

    /** Whole seconds. */
    private static double now() {
        return Math.floor(System.currentTimeMillis() / 1000.0);
    }

    private void revoke(String kind) {
        Target target = switch (kind) {
            case "realm" -> new Target.OfRealm(joe.realm());
            case "user" -> new Target.OfUser(joe.user());
            case "user_in_realm" -> new Target.OfUserInRealm(joe);
            case "jwt" -> shown(token);
            default -> byJti(token);
        };
        get(node.revoke(target));
    }

    private Target.OneJwt shown(String jwt) {
        VerifiedJwt read = issuer.read(jwt);
        return new Target.OneJwt(read.holder().realm(), TokenId.of(jwt), read.expiresAt());
    }

    private Target.OneJwt byJti(String jwt) {
        VerifiedJwt read = issuer.read(jwt);
        return new Target.OneJwt(
                read.holder().realm(),
                read.jti().orElseThrow(),
                read.expiresAt().plus(TrustedIssuer.LONGEST));
    }

    private Report revokeShown(String jwt) {
        return get(node.bus().revoke(new Revoke(shown(jwt), RealmScope.ALL).ofJwt(shown(jwt), issuer.read(jwt))));
    }

    private Verdict.Status check(Node asked) {
        return check(asked, token);
    }

    private Verdict.Status check(Node asked, String jwt) {
        return get(asked.bus().check(question(jwt))).status();
    }

    private Check question(String jwt) {
        return new Check(jwt, RealmScope.ALL, Check.Kinds.ACCESS, get(issuer.verify(jwt)));
    }
}
