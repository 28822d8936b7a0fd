package io.revoker.redis;

import static io.revoker.domain.store.Registration.Outcome.CONFLICT;
import static io.revoker.domain.store.Registration.Outcome.CREATED;
import static io.revoker.domain.store.Registration.Outcome.INVALIDATED;
import static io.revoker.domain.store.Registration.Outcome.UNCHANGED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new access token beside a refresh token that stays. */
class RotationContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final Grant first = Grants.pair(JOE);
    private final Grant second = rotated(Grants.access(JOE), first);

    RotationContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void isRegisteredAndLeavesTheRefreshTokenAsItIs() {
        register(first);
        Grant longer = new Grant(
                JOE,
                second.access(),
                second.refresh().map(token -> token.until(token.expiresAt().plusSeconds(500))),
                second.facts());

        assertThat(get(store.register(longer))).isEqualTo(new Registration(CREATED, second));

        assertThat(get(store.register(longer))).isEqualTo(new Registration(UNCHANGED, second));
        assertThat(find(refreshId(first)).expiresAt())
                .isEqualTo(first.refresh().orElseThrow().expiresAt());
        assertThat(isLive(accessId(first))).isTrue();
        assertThat(isLive(accessId(second))).isTrue();
    }

    @Test
    void isCountedOnce() {
        register(first);
        register(second);

        assertThat(revoke(user(JOE))).isEqualTo(new Tally(3, 0));
        assertThat(register(second)).isEqualTo(INVALIDATED);
    }

    @Test
    void doesNotReviveARefreshToken() {
        register(first);
        invalidate(refreshId(first));

        assertThat(register(second)).isEqualTo(INVALIDATED);
        assertThat(isKnown(accessId(second))).isFalse();
        assertThat(isLive(accessId(first))).isTrue();
    }

    @Test
    void goesOnAfterTheRevocationOfTheAccessTokenBefore() {
        register(first);
        invalidate(accessId(first));

        assertThat(register(second)).isEqualTo(CREATED);
        assertThat(revoke(userInRealm(JOE))).isEqualTo(new Tally(2, 1));
    }

    @Test
    void takesNoAccessTokenThatIsAnothers() {
        register(first);
        Grant lone = Grants.access(holder("corp", "eve"));
        register(lone);

        assertThat(register(rotated(lone, first))).isEqualTo(CONFLICT);
        assertThat(find(accessId(lone)).holder()).isEqualTo(lone.holder());
    }

    /** Counted down to the second, on another clock or a moment later. */
    @Test
    void isKnownByWhatIsLeftOfItsLife() {
        register(first);
        Grant later = first.issuedAt(
                first.facts().issuedAt().plusSeconds(100),
                id -> find(id).expiresAt().minusSeconds(1));

        assertThat(get(store.register(later))).isEqualTo(new Registration(UNCHANGED, first));
        assertThat(register(later.issuedAt(
                        first.facts().issuedAt(), id -> find(id).expiresAt().plus(Duration.ofSeconds(2)))))
                .isEqualTo(CONFLICT);
    }

    /** The refresh token was registered by an earlier build, or by a client that named no session. */
    @Test
    void mayBeOfASessionIfTheRefreshTokenIsOfNone() {
        register(first);
        Grant ofSession = in("s", second);

        assertThat(register(ofSession)).isEqualTo(CREATED);

        assertThat(register(ofSession)).isEqualTo(UNCHANGED);
        assertThat(register(in("t", rotated(Grants.access(JOE), first)))).isEqualTo(CREATED);
        assertThat(find(accessId(second)).facts().session()).isEqualTo("s");
        assertThat(find(refreshId(first)).facts().session()).isEmpty();
        assertThat(revoke(session("s"))).isEqualTo(new Tally(1, 0));
        assertThat(isLive(accessId(second))).isFalse();
        assertThat(isLive(refreshId(first))).isTrue();
    }

    /** Whoever was logged out must not go on because the refresh token does not say of which session it is. */
    @Test
    void isOfNoSessionThatWasRevokedSinceTheRefreshTokenIsThere() {
        register(first);
        revoke(session("s"));

        assertThat(register(in("s", second))).isEqualTo(INVALIDATED);
        assertThat(isKnown(accessId(second))).isFalse();
        assertThat(register(in("t", second))).isEqualTo(CREATED);
    }

    @Test
    void isOfTheSessionThatTheRefreshTokenIsOf() {
        register(in("s", first));

        assertThat(get(store.register(in("t", second))).fields()).containsExactly("session_id");
        assertThat(register(second)).isEqualTo(CONFLICT);
        assertThat(register(in("s", second))).isEqualTo(CREATED);
        assertThat(revoke(session("s"))).isEqualTo(new Tally(3, 0));
    }

    private static Target session(String name) {
        return new Target.Selected(new Target.OfUserInRealm(JOE), new Selector(Selector.By.SESSION, name));
    }

    private static Grant in(String session, Grant grant) {
        Grant.Facts facts = grant.facts();
        return new Grant(
                grant.holder(),
                grant.access(),
                grant.refresh(),
                new Grant.Facts(facts.clientId(), facts.scope(), session, facts.issuedAt(), facts.credential()));
    }

    private static Grant rotated(Grant access, Grant pair) {
        return new Grant(JOE, access.access(), pair.refresh(), access.facts());
    }
}
