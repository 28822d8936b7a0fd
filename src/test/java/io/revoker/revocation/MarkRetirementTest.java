package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marks that nothing depends on any longer leave Redis and every view. */
class MarkRetirementTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target USER = new Target.OfUser(JOE.user());
    private static final Tuning TUNING = Tuning.DEFAULT.logRetention(Duration.ofSeconds(6));

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Node node = Node.onRedis(TUNING, url, prefix, 1);
    private final RedisClient redis = RedisClient.of(url);

    @AfterEach
    void close() {
        redis.close();
        node.close();
        get(vertx.close());
    }

    @Test
    void dropsAMarkWhoseSweepHasEnded() {
        Grant grant = Grants.pair(JOE);
        get(node.register(grant));
        get(node.revoke(USER));
        assertThat(node.marks().has(MarkId.of(USER))).isTrue();

        awaitDropped();

        assertThat(redis.keys(prefix + ":{log}:m:")).isEmpty();
        assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
    }

    /** The index of the user's realms says nothing of it, though it is taken to be whole. */
    @Test
    void keepsDeadWhatSomebodyRegisteredWhoDoesNotKeepTheIndex() {
        get(node.revoke(new Target.OfUser(holder("corp", "eve").user())));
        until("the index is whole", () -> !redis.keys(prefix + ":{log}:indexed").isEmpty());
        Grant grant = Grants.pair(JOE);
        get(node.register(grant));
        redis.keys(prefix + ":u:").forEach(key -> redis.call("DEL", key));
        get(node.revoke(USER));

        awaitDropped();

        assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
    }

    /** Its token was never acknowledged, and has been refused: it must not come to life. */
    @Test
    void killsWhatAnUnfinishedRegistrationLeftBehindTheSweep() {
        Grant grant = Grants.pair(JOE);
        Gate gate = Gate.open(vertx, url);
        Backend.Opened slow = Backend.open(TUNING.heartbeat(Duration.ofMinutes(10)), gate.url(), prefix);
        Backend.askForPlace(slow.ports(), JOE);
        gate.closeAt(":h:{corp/");
        var abandoned = slow.ports().register(grant);
        until("held", gate::isHolding);
        get(node.revoke(USER));
        gate.closeAt(":{log}:m:");
        gate.pass();
        until("held again", gate::isHolding);
        assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
        slow.close().run();
        assertThat(get(abandoned.map(true).otherwise(false))).isFalse();

        awaitDropped();

        assertThat(get(node.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void keepsAMarkWhoseSweepMetAnError() {
        get(node.register(Grants.pair(JOE)));
        redis.call("HSET", redis.keys(prefix + ":h:").get(0), "damaged!joe", "not ours");
        Target other = new Target.OfUser(holder("corp", "eve").user());
        assertThat(get(node.revoke(USER)).errorCount()).isPositive();
        get(node.revoke(other));

        until("the other one dropped", () -> !node.marks().has(MarkId.of(other)));

        assertThat(node.marks().has(MarkId.of(USER))).isTrue();
        assertThat(redis.keys(prefix + ":{log}:m:")).isNotEmpty();
    }

    private void awaitDropped() {
        until("dropped", () -> !node.marks().has(MarkId.of(USER)));
    }
}
