package io.revoker.redis;

import static io.revoker.domain.store.Registration.Outcome.CONFLICT;
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
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Tally;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When one token of a pair has expired, it is forgotten: its text may be registered as a new token, beside the other one or without it. */
class ExpiredHalfContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration SHORT = Duration.ofSeconds(2);

    ExpiredHalfContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void mayBeAnAccessTokenAnew() {
        Grant pair = registered(SHORT, Grants.LIFE);
        Grant alone = registered(SHORT, Grants.LIFE);
        Grant withAnother = registered(SHORT, Grants.LIFE);
        Grant dead = registered(SHORT, Grants.LIFE);
        Grant same = Grants.pair(holder("corp", "ann"), SHORT, Grants.LIFE);
        register(same);
        invalidate(refreshId(dead));
        untilNobodyKnows(Stream.of(pair, alone, withAnother, dead, same).map(Grants::accessId));

        assertThat(register(same.issuedAt(Grants.now()))).isEqualTo(CREATED);
        Grant again = anew(pair);
        assertThat(register(again)).isEqualTo(CREATED);
        assertThat(get(store.register(again)))
                .satisfies(told -> assertThat(told.outcome()).isEqualTo(UNCHANGED))
                .satisfies(told -> assertThat(told.grant().refresh()).isEqualTo(pair.refresh()));

        Grant access = without(anew(alone));
        assertThat(register(access)).isEqualTo(CREATED);
        assertThat(register(access)).isEqualTo(UNCHANGED);
        invalidate(refreshId(alone));

        Grant other =
                new Grant(JOE, anew(withAnother).access(), Grants.refresh(JOE).refresh(), again.facts());
        assertThat(register(other)).isEqualTo(CREATED);
        assertThat(register(other)).isEqualTo(UNCHANGED);

        assertThat(register(anew(dead))).isEqualTo(INVALIDATED);
        assertThat(isKnown(accessId(dead))).isFalse();

        assertThat(live(accessId(pair), refreshId(pair), accessId(alone), accessId(other), refreshId(other)))
                .containsOnly(true);
        invalidate(accessId(other));
        assertThat(live(refreshId(withAnother), refreshId(other))).containsOnly(true);
        assertThat(register(other)).isEqualTo(INVALIDATED);
        assertThat(revoke(user(JOE))).isEqualTo(new Tally(5, 0));
        assertThat(register(again)).isEqualTo(INVALIDATED);
    }

    @Test
    void mayBeARefreshTokenAnew() {
        Grant pair = registered(Grants.LIFE, SHORT);
        Grant alone = registered(Grants.LIFE, SHORT);
        Grant dead = registered(Grants.LIFE, SHORT);
        invalidate(accessId(dead));
        untilNobodyKnows(Stream.of(pair, alone, dead).map(Grants::refreshId));

        Grant again = anew(pair);
        assertThat(register(again)).isEqualTo(CREATED);
        assertThat(get(store.register(again)))
                .satisfies(told -> assertThat(told.outcome()).isEqualTo(UNCHANGED))
                .satisfies(told -> assertThat(told.grant().access()).isEqualTo(pair.access()));
        Grant refresh = new Grant(JOE, Optional.empty(), anew(alone).refresh(), again.facts());
        assertThat(register(refresh)).isEqualTo(CREATED);
        assertThat(register(anew(dead))).isEqualTo(INVALIDATED);
        assertThat(isKnown(refreshId(dead))).isFalse();

        assertThat(live(accessId(pair), refreshId(pair), accessId(alone), refreshId(alone)))
                .containsOnly(true);
        invalidate(refreshId(pair));
        assertThat(register(again)).isEqualTo(INVALIDATED);
        assertThat(revoke(user(JOE))).isEqualTo(new Tally(3, 0));
    }

    /** The next grants of a holder with many are elsewhere than the first ones. */
    @Test
    void doesNotReviveTheOtherOneAmongManyGrants() {
        Grant dead = registered(SHORT, Grants.LIFE);
        Grant pair = registered(SHORT, Grants.LIFE);
        invalidate(refreshId(dead));
        Stream.generate(() -> Grants.access(JOE)).limit(120).forEach(this::register);
        untilNobodyKnows(Stream.of(dead, pair).map(Grants::accessId));

        assertThat(register(longer(dead))).isEqualTo(INVALIDATED);
        assertThat(register(longer(pair))).isEqualTo(CREATED);

        assertThat(isLive(refreshId(dead))).isFalse();
        assertThat(live(accessId(pair), refreshId(pair))).containsOnly(true);
        assertThat(revoke(user(JOE))).isEqualTo(new Tally(122, 0));
        assertThat(live(accessId(pair), refreshId(pair))).containsOnly(false);
    }

    @Test
    void staysTheSamePairUntilThen() {
        Grant pair = registered(Grants.LIFE, Grants.LIFE);
        invalidate(accessId(pair));

        assertThat(register(anew(pair))).isEqualTo(INVALIDATED);
        assertThat(register(without(anew(pair)))).isEqualTo(CONFLICT);
    }

    private Grant registered(Duration access, Duration refresh) {
        Grant pair = Grants.pair(JOE, access, refresh);
        register(pair);
        return pair;
    }

    private void untilNobodyKnows(Stream<TokenId> ids) {
        List<TokenId> all = ids.toList();
        until("expired", () -> all.stream().noneMatch(this::isKnown));
    }

    /** The same tokens from now on, for as long as before where they live long. */
    private static Grant anew(Grant pair) {
        return new Grant(
                JOE,
                pair.access().map(ExpiredHalfContractTest::anHour),
                pair.refresh().map(ExpiredHalfContractTest::anHour),
                new Grant.Facts(pair.facts().clientId(), pair.facts().scope(), Grants.now()));
    }

    private static Granted anHour(Granted token) {
        return token.until(Grants.now().plus(Grants.LIFE));
    }

    /** With an access token that outlives its refresh token. */
    private static Grant longer(Grant pair) {
        Grant anew = anew(pair);
        return new Grant(
                JOE,
                anew.access().map(token -> token.until(token.expiresAt().plus(Grants.LIFE))),
                anew.refresh(),
                anew.facts());
    }

    private static Grant without(Grant pair) {
        return new Grant(JOE, pair.access(), Optional.empty(), pair.facts());
    }

    private List<Boolean> live(TokenId... ids) {
        return Stream.of(ids).map(this::isLive).toList();
    }
}
