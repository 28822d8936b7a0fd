package io.revoker.redis;

import static io.revoker.domain.store.Registration.Outcome.CREATED;
import static io.revoker.domain.store.Registration.Outcome.INVALIDATED;
import static io.revoker.domain.store.Registration.Outcome.UNCHANGED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration SHORT = Duration.ofSeconds(2);

    RegistrationContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void givesBackWhatWasRegistered() {
        Grant grant = Grants.pair(JOE);

        assertThat(register(grant)).isEqualTo(CREATED);

        assertThat(find(refreshId(grant)))
                .usingRecursiveComparison()
                .ignoringFields("birth")
                .isEqualTo(new Token(
                        refreshId(grant),
                        Signature.ABSENT,
                        TokenKind.REFRESH,
                        JOE,
                        grant.facts(),
                        grant.refresh().orElseThrow().expiresAt(),
                        Token.State.LIVE,
                        Stamp.NONE,
                        Optional.of(accessId(grant).firstBits())));
        assertThat(find(accessId(grant)).kind()).isEqualTo(TokenKind.ACCESS);
        assertThat(find(accessId(grant)).expiresAt())
                .isEqualTo(grant.access().orElseThrow().expiresAt());
    }

    @Test
    void keepsALoneTokenOfEachKind() {
        Grant access = Grants.access(JOE);
        Grant refresh = Grants.refresh(JOE);

        assertThat(register(access)).isEqualTo(CREATED);
        assertThat(register(refresh)).isEqualTo(CREATED);

        assertThat(find(accessId(access)).kind()).isEqualTo(TokenKind.ACCESS);
        assertThat(find(refreshId(refresh)).kind()).isEqualTo(TokenKind.REFRESH);
    }

    @Test
    void doesNotKnowWhatNobodyRegistered() {
        assertThat(isKnown(Grants.newId())).isFalse();
    }

    @Test
    void changesNothingWhenRepeatedLater() {
        Grant grant = Grants.pair(JOE);
        register(grant);

        Registration repeated =
                get(store.register(grant.issuedAt(grant.facts().issuedAt().plusSeconds(60))));

        assertThat(repeated).isEqualTo(new Registration(UNCHANGED, grant));
        assertThat(find(accessId(grant)).expiresAt())
                .isEqualTo(grant.access().orElseThrow().expiresAt());
    }

    @Test
    void saysInvalidatedOnceOneHalfIsDeadAndLeavesTheOtherLive() {
        Grant grant = Grants.pair(JOE);
        register(grant);
        invalidate(accessId(grant));

        assertThat(register(grant)).isEqualTo(INVALIDATED);
        assertThat(isLive(accessId(grant))).isFalse();
        assertThat(isLive(refreshId(grant))).isTrue();
    }

    @Test
    void neverRevivesWhatWasInvalidatedOneByOne() {
        Grant grant = Grants.pair(JOE);
        register(grant);
        invalidate(accessId(grant));
        invalidate(refreshId(grant));

        assertThat(register(grant)).isEqualTo(INVALIDATED);
        assertThat(isLive(accessId(grant))).isFalse();
        assertThat(isLive(refreshId(grant))).isFalse();
    }

    @Test
    void neverRevivesWhatWasSwept() {
        Grant grant = Grants.access(JOE);
        register(grant);
        revoke(user(JOE));

        assertThat(register(grant)).isEqualTo(INVALIDATED);
        assertThat(isLive(accessId(grant))).isFalse();
        assertThat(revoke(user(JOE))).isEqualTo(Tally.NONE);
    }

    @Test
    void saysInvalidatedAsSoonAsAMarkIsRaised() {
        Grant grant = Grants.access(JOE);
        register(grant);
        append(realm(JOE));

        assertThat(register(grant)).isEqualTo(INVALIDATED);
    }

    @Test
    void bearsTokensAfterTheMarksThatStand() {
        register(Grants.access(JOE));
        Stamp mark = append(user(JOE));
        Grant later = Grants.access(JOE);

        assertThat(register(later)).isEqualTo(CREATED);

        assertThat(find(accessId(later)).birth()).isEqualTo(mark);
    }

    @Test
    void registersAnExpiredTokenAnewForSomeoneElse() {
        Grant expired = Grants.access(JOE, SHORT);
        register(expired);
        assertThat(isLive(accessId(expired))).isTrue();
        until("expired", () -> !isKnown(accessId(expired)));

        Grant anew = new Grant(
                holder("lab", "eve"),
                Optional.of(new Grant.Granted(accessId(expired), Grants.now().plus(Grants.LIFE))),
                Optional.empty(),
                new Grant.Facts("other", "", Grants.now()));

        assertThat(register(anew)).isEqualTo(CREATED);
        assertThat(find(accessId(expired)).holder()).isEqualTo(holder("lab", "eve"));
        assertThat(isLive(accessId(expired))).isTrue();
    }

    @Test
    void forgetsAnExpiredHalfAndKeepsTheOther() {
        Grant grant = Grants.pair(JOE, SHORT, Grants.LIFE);
        register(grant);

        until("expired", () -> !isKnown(accessId(grant)));

        assertThat(isLive(refreshId(grant))).isTrue();
        assertThat(register(grant)).isEqualTo(UNCHANGED);
        assertThat(isKnown(accessId(grant))).isFalse();
    }
}
