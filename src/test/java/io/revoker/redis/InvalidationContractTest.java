package io.revoker.redis;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class InvalidationContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    InvalidationContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void invalidatesALiveTokenOnce() {
        Grant grant = Grants.access(JOE);
        register(grant);

        assertThat(invalidate(accessId(grant))).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(invalidate(accessId(grant))).isEqualTo(Tally.ONE_PREVIOUSLY);
        assertThat(isLive(accessId(grant))).isFalse();
    }

    @Test
    void leavesThePartnerAlone() {
        Grant grant = Grants.pair(JOE);
        register(grant);

        assertThat(invalidate(refreshId(grant))).isEqualTo(Tally.ONE_INVALIDATED);

        assertThat(isLive(accessId(grant))).isTrue();
        assertThat(invalidate(accessId(grant))).isEqualTo(Tally.ONE_INVALIDATED);
    }

    @Test
    void invalidatesBothTokensOfAPairByEitherOfThem() {
        for (Function<Grant, TokenId> named : List.<Function<Grant, TokenId>>of(Grants::accessId, Grants::refreshId)) {
            Grant grant = Grants.pair(JOE);
            register(grant);

            assertThat(invalidateGrant(named.apply(grant))).isEqualTo(new Tally(2, 0));
            assertThat(invalidateGrant(named.apply(grant))).isEqualTo(new Tally(0, 2));
            assertThat(isLive(accessId(grant))).isFalse();
            assertThat(isLive(refreshId(grant))).isFalse();
        }
    }

    @Test
    void invalidatesWhatIsLeftOfAPair() {
        Grant one = Grants.pair(JOE);
        Grant other = Grants.pair(JOE);
        register(one);
        register(other);
        invalidate(accessId(one));
        invalidate(refreshId(other));

        assertThat(invalidateGrant(refreshId(one))).isEqualTo(new Tally(1, 1));
        assertThat(invalidateGrant(refreshId(other))).isEqualTo(new Tally(1, 1));
        assertThat(isLive(refreshId(one))).isFalse();
        assertThat(isLive(accessId(other))).isFalse();
    }

    @Test
    void invalidatesAGrantOfOneToken() {
        Grant access = Grants.access(JOE);
        Grant refresh = Grants.refresh(JOE);
        register(access);
        register(refresh);

        assertThat(invalidateGrant(accessId(access))).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(invalidateGrant(refreshId(refresh))).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(invalidateGrant(refreshId(refresh))).isEqualTo(Tally.ONE_PREVIOUSLY);
        assertThat(isLive(accessId(access))).isFalse();
        assertThat(isLive(refreshId(refresh))).isFalse();
    }

    @Test
    void saysPreviouslyForAPairThatASweepInvalidated() {
        Grant grant = Grants.pair(JOE);
        register(grant);
        revoke(realm(JOE));

        assertThat(invalidateGrant(refreshId(grant))).isEqualTo(new Tally(0, 2));
    }

    @Test
    void leavesOtherGrantsOfTheHolderAlone() {
        Grant one = Grants.pair(JOE);
        Grant other = Grants.pair(JOE);
        register(one);
        register(other);

        invalidate(accessId(one));

        assertThat(isLive(accessId(other))).isTrue();
        assertThat(isLive(refreshId(other))).isTrue();
    }

    @Test
    void saysPreviouslyForWhatASweepInvalidated() {
        Grant grant = Grants.refresh(JOE);
        register(grant);
        revoke(realm(JOE));

        assertThat(invalidate(refreshId(grant))).isEqualTo(Tally.ONE_PREVIOUSLY);
    }

    @Test
    void countsOnlyTheTokenOfAPairThatHasNotExpired() {
        Grant grant = Grants.pair(JOE, Duration.ofSeconds(1), Grants.LIFE);
        register(grant);
        until("expired", () -> !isKnown(accessId(grant)));

        assertThat(invalidateGrant(refreshId(grant))).isEqualTo(Tally.ONE_INVALIDATED);
    }

    @Test
    void countsNothingForATokenThatHasExpired() {
        Grant lone = Grants.access(JOE, Duration.ofSeconds(1));
        Grant half = Grants.pair(JOE, Duration.ofSeconds(1), Grants.LIFE);
        register(lone);
        register(half);
        Token loneToken = find(accessId(lone));
        Token halfToken = find(accessId(half));
        until("expired", () -> !isKnown(accessId(lone)) && !isKnown(accessId(half)));

        assertThat(get(store.invalidate(loneToken, Extent.TOKEN))).isEqualTo(Tally.NONE);
        assertThat(get(store.invalidate(halfToken, Extent.TOKEN))).isEqualTo(Tally.NONE);
    }

    private Tally invalidateGrant(TokenId id) {
        return get(store.invalidate(find(id), Extent.GRANT));
    }
}
