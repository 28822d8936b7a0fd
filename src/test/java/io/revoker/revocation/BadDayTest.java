package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem.Kind;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.HolderProblem;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the flows answer while Redis is gone, stands still, is full or holds what is not ours. */
class BadDayTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target REALM = new Target.OfRealm(JOE.realm());
    private static final Target USER_IN_REALM = new Target.OfUserInRealm(JOE);
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(1)).heartbeat(Duration.ofMillis(50));

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, server.url(), prefix, 1);

    @AfterEach
    void close() {
        node.close();
        redis.close();
        server.close();
    }

    @Test
    void answersNothingButUnavailableWhileTheServerIsGone() {
        Grant grant = Grants.pair(JOE);
        get(node.register(grant));
        server.kill();

        assertUnavailable(node.check(accessId(grant)));
        assertUnavailable(node.revoke(REALM));
        assertUnavailable(node.revoke(USER_IN_REALM));
        assertUnavailable(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(grant))));
        assertUnavailable(node.register(Grants.access(JOE)));
    }

    @Test
    void answersNothingButUnavailableWhileTheServerStandsStill() {
        Grant grant = Grants.pair(JOE);
        get(node.register(grant));
        server.freeze();

        Future<?> check = node.check(accessId(grant));
        Future<?> revocation = node.revoke(USER_IN_REALM);
        Future<?> registration = node.register(Grants.access(JOE));

        List.of(check, revocation, registration).forEach(BadDayTest::assertUnavailable);
        server.thaw();
        until("answers", () -> succeeds(node.check(accessId(grant))));
    }

    @Test
    void keepsEveryAcknowledgedRevocationThroughAPowerCut() {
        Grant revoked = Grants.pair(JOE);
        Grant alive = Grants.pair(holder("lab", "eve"));
        get(node.register(revoked));
        get(node.register(alive));
        get(node.revoke(REALM));

        server.kill();
        server.start();

        until("answers", () -> succeeds(node.check(accessId(revoked))));
        assertThat(get(node.check(accessId(revoked)))).isEqualTo(Verdict.INVALIDATED);
        assertThat(get(node.check(accessId(alive))).status()).isEqualTo(Verdict.Status.ACTIVE);
    }

    @Test
    void countsExactlyAlthoughTheServerIsKilledDuringTheSweep() {
        int users = 4000;
        List<Grant> grants = IntStream.range(0, users)
                .mapToObj(i -> Grants.access(holder("corp", "user" + i)))
                .toList();
        for (int from = 0; from < users; from += 500) {
            get(Future.all(grants.subList(from, from + 500).stream()
                    .map(node::register)
                    .toList()));
        }

        Future<Report> cutOff = node.revoke(REALM);
        until("under way", () -> !node.heard().isEmpty());
        server.kill();
        server.start();

        assertThat(told(cutOff).tally()).isEqualTo(new Tally(users, 0));
        assertThat(get(node.revoke(REALM)).tally()).isEqualTo(Tally.NONE);
        for (Grant grant : grants) {
            assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
        }
    }

    /**
     * If the server was killed just before a revocation returned its counts, the caller that repeats it gets them, once
     * the server can be reached.
     */
    private Report told(Future<Report> first) {
        List<Future<Report>> asked = new ArrayList<>(List.of(first));
        until("counts returned", () -> {
            Future<Report> last = asked.get(asked.size() - 1);
            get(last.transform(done -> Future.succeededFuture()));
            if (last.failed()) {
                asked.add(node.revoke(REALM));
            }
            return last.succeeded();
        });
        return get(asked.get(asked.size() - 1));
    }

    /** The server may have lost what it answered last, and nothing was under way to notice that it was gone. */
    @Test
    void countsExactlyAlthoughTheServerComesBackWithLessBetweenTwoBatches() {
        int users = 400;
        for (int i = 0; i < users; i++) {
            get(node.register(Grants.access(holder("corp", "user" + i))));
        }
        SweepSettings slow = new SweepSettings(10, 3, 3, 100, 200, Duration.ofSeconds(18), Duration.ofSeconds(5));
        try (Node paced = Node.onRedis(TUNING, server.url(), prefix, 1, slow)) {
            Future<Report> sweep = paced.revoke(REALM);
            until("counted", () -> !redis.keys(prefix + ":s:").isEmpty());

            loseWhatWasSwept();

            assertThat(get(sweep).tally()).isEqualTo(new Tally(users, 0));
        }
    }

    @Test
    void reportsTheHolderWhoseDataAreDamagedAndInvalidatesAllOthers() {
        int users = 300;
        String ownHash = "user".repeat(15);
        for (int i = 0; i < users; i++) {
            get(node.register(Grants.pair(holder("corp", ownHash + i))));
        }
        String damaged = redis.keys(prefix + ":g:").stream()
                .filter(key -> key.endsWith("}" + ownHash + 7))
                .findFirst()
                .orElseThrow();
        redis.call("DEL", damaged);
        redis.call("SET", damaged, "not ours");

        Report report = get(node.revoke(REALM));

        assertThat(report.tally()).isEqualTo(new Tally(2 * (users - 1L), 0));
        assertThat(report.errors())
                .singleElement()
                .isEqualTo(HolderProblem.of(
                                holder("corp", ownHash + 7),
                                "Redis: WRONGTYPE Operation against a key holding the wrong kind of value")
                        .line());
    }

    @Test
    void invalidatesTheSoundGrantsBesideADamagedOne() {
        Grant sound = Grants.pair(JOE);
        get(node.register(sound));
        redis.call("HSET", redis.keys(prefix + ":h:").get(0), "damaged!!", "not ours");

        Report report = get(node.revoke(REALM));

        assertThat(report.tally()).isEqualTo(new Tally(2, 0));
        assertThat(report.errors()).singleElement().asString().contains("damaged");
        try (Node stranger = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            redis.keys(prefix + ":{log}:m:").forEach(key -> redis.call("DEL", key));
            assertThat(get(stranger.check(accessId(sound)))).isEqualTo(Verdict.INVALIDATED);
        }
    }

    /** By whichever way it was damaged: the state alone, or the key with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for _, f in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('HSET', KEYS[1], f, 'not ours') end",
                "redis.call('DEL', KEYS[1]) redis.call('SET', KEYS[1], 'not ours')"
            })
    void reportsADamagedGrantAndCallsItsTokensDeadOnceAMarkCoversThem(String damage) {
        Grant grant = Grants.pair(JOE);
        get(node.register(grant));
        redis.call("EVAL", damage, "1", redis.keys(prefix + ":h:").get(0));

        Report one = get(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(grant))));

        assertThat(one.outcome()).isEqualTo(Report.Outcome.COUNTED);
        assertThat(one.tally()).isEqualTo(Tally.NONE);
        assertThat(one.errors()).singleElement().asString().contains("damaged");
        assertThat(problem(node.check(accessId(grant))).kind()).isEqualTo(Kind.DAMAGED);
        assertThat(get(node.revoke(USER_IN_REALM)).errors()).hasSize(1);
        until("heard", () -> node.heard().size() == 2);
        assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
        assertThat(get(node.check(refreshId(grant)))).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void revokesAndChecksButTakesNoTokensWhenTheMemoryIsFull() {
        Grant one = Grants.pair(JOE);
        Grant swept = Grants.pair(JOE);
        get(node.register(one));
        get(node.register(swept));
        redis.call("CONFIG", "SET", "maxmemory", "1");

        assertUnavailable(node.register(Grants.access(JOE)));
        assertThat(get(node.check(accessId(one))).status()).isEqualTo(Verdict.Status.ACTIVE);
        assertThat(get(node.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(one))))
                        .tally())
                .isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(get(node.revoke(REALM)).tally()).isEqualTo(new Tally(3, 1));
        assertThat(get(node.check(accessId(swept)))).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void sweepsPiecesOfTheLargestSizeThatCanBeConfigured() {
        int grants = 6000;
        try (Node large =
                Node.onRedis(TUNING.timeout(Duration.ofSeconds(10)).pieceSize(10_000), server.url(), prefix, 1)) {
            get(Future.all(IntStream.range(0, grants)
                    .mapToObj(i -> large.register(Grants.access(JOE)))
                    .toList()));

            Report report = get(large.revoke(USER_IN_REALM));

            assertThat(report.errors()).isEmpty();
            assertThat(report.tally()).isEqualTo(new Tally(grants, 0));
        }
    }

    private static void assertUnavailable(Future<?> answer) {
        assertThat(problem(answer).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private static boolean succeeds(Future<?> answer) {
        return get(answer.map(true).otherwise(false));
    }

    /** Cuts all others off, and undoes the sweep in the same instant. */
    private void loseWhatWasSwept() {
        List<String> bundles = redis.keys(prefix + ":h:");
        String sweep = redis.keys(prefix + ":s:").get(0).replaceFirst(".*}", "}");
        redis.call("MULTI");
        redis.call("CLIENT", "KILL", "TYPE", "normal");
        for (String bundle : bundles) {
            redis.call("HDEL", bundle, "");
            redis.call("DEL", bundle.replaceFirst(":h:", ":s:").replaceFirst("}.*", sweep));
        }
        redis.call("EXEC");
    }
}
