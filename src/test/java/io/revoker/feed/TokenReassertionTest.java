package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.feed.TokenReassertion.Outcome;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenReassertionTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final int MANY = 1000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MemoryStore store = new MemoryStore(InstantSource.system());

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void invalidatesWhatIsLiveAndCountsNothingElse() {
        List<Grant> live = Stream.generate(() -> Grants.access(JOE)).limit(MANY).toList();
        live.forEach(grant -> get(store.register(grant)));
        Stamp stamp = get(store.append(new Target.OfRealm(holder("lab", "eve").realm())));

        List<RevokedToken> tokens = Stream.concat(live.stream(), Stream.of(Grants.access(JOE)))
                .map(grant -> RevokedToken.by(
                        new Target.OneToken(TokenKind.ACCESS, accessId(grant)), stamp, Optional.empty()))
                .toList();

        assertThat(go(tokens)).isEqualTo(new Outcome(MANY, List.of()));
        assertThat(go(tokens)).isEqualTo(new Outcome(0, List.of()));
        assertThat(live).allMatch(grant -> state(grant) == Token.State.INVALIDATED);
    }

    /** The store had forgotten the one that was revoked. */
    @Test
    void leavesATokenAloneThatWasBornAfterTheRevocation() {
        Stamp revoked = get(store.append(new Target.OfRealm(holder("lab", "eve").realm())));
        get(store.append(new Target.OfUserInRealm(JOE)));
        Grant anew = Grants.access(JOE);
        get(store.register(anew));

        assertThat(go(List.of(RevokedToken.by(
                        new Target.OneToken(TokenKind.ACCESS, accessId(anew)), revoked, Optional.empty()))))
                .isEqualTo(new Outcome(0, List.of()));

        assertThat(state(anew)).isEqualTo(Token.State.LIVE);
    }

    /** It had expired, so its text could be registered anew. No mark was raised since. */
    @Test
    void leavesATokenAloneThatIsAnotherOneWithTheSameText() {
        Grant anew = Grants.access(JOE);
        get(store.register(anew));
        Stamp revoked = get(store.append(new Target.OfRealm(holder("lab", "eve").realm())));
        Registered before = new Registered(JOE.realm(), anew.first().expiresAt().minusSeconds(900), Optional.empty());

        assertThat(go(List.of(RevokedToken.by(
                        new Target.OneToken(TokenKind.ACCESS, accessId(anew)), revoked, Optional.of(before)))))
                .isEqualTo(new Outcome(0, List.of()));

        assertThat(state(anew)).isEqualTo(Token.State.LIVE);
    }

    @Test
    void isTheTokenOfTheNewestRevocation() {
        Target.OneToken one = new Target.OneToken(TokenKind.ACCESS, accessId(Grants.access(JOE)));
        Registered before = new Registered(JOE.realm(), Instant.ofEpochSecond(1), Optional.empty());
        Registered now = new Registered(JOE.realm(), Instant.ofEpochSecond(2), Optional.empty());
        RevokedToken first = RevokedToken.by(one, new Stamp(1), Optional.of(before));
        RevokedToken second = RevokedToken.by(one, new Stamp(2), Optional.of(now));
        RevokedToken unknown = RevokedToken.by(one, new Stamp(2), Optional.empty());

        assertThat(List.of(first.and(second), second.and(first), unknown.and(second), second.and(unknown)))
                .allMatch(both -> both.expiry().equals(Optional.of(now.expiresAt())));
    }

    /** Whoever names an id in another realm means another JWT: it gets its tombstone there. */
    @Test
    void leavesATokenAloneWhoseIdWasRevokedInAnotherRealm() {
        Grant live = Grants.access(JOE);
        get(store.register(live));
        Stamp stamp = get(store.append(new Target.OfRealm(holder("lab", "eve").realm())));

        assertThat(go(List.of(jwt("lab", live, stamp)))).isEqualTo(new Outcome(1, List.of()));
        assertThat(state(live)).isEqualTo(Token.State.LIVE);
        assertThat(isRevoked(JOE, live)).isFalse();

        assertThat(go(List.of(jwt("corp", live, stamp)))).isEqualTo(new Outcome(1, List.of()));
        assertThat(state(live)).isEqualTo(Token.State.INVALIDATED);
        assertThat(isRevoked(JOE, live)).isTrue();
    }

    private boolean isRevoked(UserInRealm holder, Grant grant) {
        return get(store.jwts().isRevoked(holder.realm(), List.of(accessId(grant))));
    }

    private static RevokedToken jwt(String realm, Grant grant, Stamp stamp) {
        Instant expiry = Instant.now().plusSeconds(900);
        RealmId name = holder(realm, "joe").realm();
        return RevokedToken.by(
                new Target.OneJwt(name, accessId(grant), expiry),
                stamp,
                Optional.of(new Registered(name, grant.first().expiresAt(), Optional.empty())));
    }

    @Test
    void invalidatesWhatIsLiveOfAPair() {
        Grant whole = Grants.pair(JOE);
        Grant half = Grants.pair(JOE);
        get(store.register(whole));
        get(store.register(half));
        get(store.invalidate(get(store.find(refreshId(half))).orElseThrow(), Extent.TOKEN));
        Stamp stamp = get(store.append(new Target.OfRealm(holder("lab", "eve").realm())));

        List<RevokedToken> tokens = Stream.of(whole, half)
                .map(grant -> RevokedToken.by(
                        new Target.OneToken(TokenKind.REFRESH, refreshId(grant), Extent.GRANT),
                        stamp,
                        Optional.empty()))
                .toList();

        assertThat(go(tokens)).isEqualTo(new Outcome(3, List.of()));
        assertThat(go(tokens)).isEqualTo(new Outcome(0, List.of()));
        assertThat(List.of(whole, half)).allMatch(grant -> state(grant) == Token.State.INVALIDATED);
    }

    private Outcome go(List<RevokedToken> tokens) {
        return get(OnLoop.on(context, () -> new TokenReassertion(context, store).go(tokens)));
    }

    private Token.State state(Grant grant) {
        return get(store.find(accessId(grant))).orElseThrow().state();
    }
}
