package io.revoker.redis.tokens;

import static io.revoker.domain.store.Registration.Outcome.CREATED;
import static io.revoker.domain.store.Registration.Outcome.UNCHANGED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registration that stopped somewhere: what it had written is there, the rest is not. */
class HalfDoneRegistrationTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final RedisClient redis = RedisClient.of(RedisServers.embedded().url());
    private final Backend.Opened opened =
            Backend.open(Tuning.DEFAULT, RedisServers.embedded().url(), prefix);
    private final OnLoop store = opened.ports();
    private final Grant grant = Grants.pair(JOE);
    private final Grant retried = grant.issuedAt(grant.facts().issuedAt().plusSeconds(5));

    @BeforeEach
    void registerAndForgetTheGrant() {
        get(store.register(grant));
        forget("h:");
        forget("r:");
        forget("realms");
    }

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
    }

    @Test
    void isNotActive() {
        assertThat(get(store.find(accessId(grant)))).isEmpty();
        assertThat(get(store.find(refreshId(grant)))).isEmpty();
    }

    @Test
    void isCompletedByARetryAsItWasBegun() {
        assertThat(get(store.register(retried))).isEqualTo(new Registration(CREATED, grant));

        assertThat(isLive(accessId(grant))).isTrue();
        assertThat(isLive(refreshId(grant))).isTrue();
        assertThat(get(store.register(retried))).isEqualTo(new Registration(UNCHANGED, grant));
    }

    @Test
    void isCompletedIfOnlyTheAccessTokenWasWritten() {
        forgetRecord(refreshId(grant));

        assertThat(get(store.register(retried))).isEqualTo(new Registration(CREATED, grant));

        assertThat(isLive(refreshId(grant))).isTrue();
        Grant again = grant.issuedAt(grant.facts().issuedAt().plusSeconds(9));
        assertThat(get(store.register(again))).isEqualTo(new Registration(UNCHANGED, grant));
    }

    @Test
    void isCompletedIfOnlyTheRefreshTokenWasWritten() {
        forgetRecord(accessId(grant));

        assertThat(get(store.register(retried))).isEqualTo(new Registration(CREATED, retried));

        assertThat(isLive(accessId(grant))).isTrue();
        assertThat(isLive(refreshId(grant))).isTrue();
        assertThat(get(store.register(grant))).isEqualTo(new Registration(UNCHANGED, retried));
    }

    @Test
    void givesItsAccessTokenToNoOtherRefreshToken() {
        Grant other = new Grant(
                JOE, grant.access(), Optional.of(new Grant.Granted(Grants.newId(), grant.lastExpiry())), grant.facts());

        assertThat(get(store.register(other)).outcome()).isEqualTo(Registration.Outcome.CONFLICT);

        assertThat(get(store.find(refreshId(other)))).isEmpty();
    }

    @Test
    void isFoundBySweepsOnceCompleted() {
        get(store.register(retried));
        Target realm = new Target.OfRealm(JOE.realm());

        assertThat(Sweeping.sweep(store, realm, get(store.append(realm)))).isEqualTo(new Tally(2, 0));
    }

    private boolean isLive(TokenId id) {
        return get(store.find(id)).orElseThrow().state() == Token.State.LIVE;
    }

    private void forget(String keys) {
        redis.keys(prefix + ":" + keys).forEach(key -> redis.call("DEL", key));
    }

    private void forgetRecord(TokenId id) {
        assertThat(redis.call("DEL", prefix + ":t:" + id.value().substring(0, 3)))
                .isEqualTo("1");
    }
}
