package io.revoker.redis;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.id;
import static io.revoker.testing.Grants.issuedAt;
import static io.revoker.testing.Grants.ofClient;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Grants.signedBy;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.domain.store.Traits;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.Sweeping;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Revocations of what was issued before an instant. */
class IssuedBeforeContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final Instant instant = Grants.now().minusSeconds(60);

    IssuedBeforeContractTest(Backend backend) {
        super(backend);
    }

    static List<Target> targetsOverJoe() {
        return Stream.concat(
                        Stream.of(realm(JOE), user(JOE), userInRealm(JOE), new Target.OfAll()), Grants.selections(JOE))
                .toList();
    }

    /** The second of the instant is not before it. */
    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void invalidatesWhatWasIssuedBeforeItAndNothingElse(Target base) {
        Grant early = issuedAt(instant.minusSeconds(1), Grants.pair(JOE));
        Grant late = issuedAt(instant, Grants.pair(JOE));
        List.of(early, late, Grants.access(JOE)).forEach(this::register);

        assertThat(revoke(before(base))).isEqualTo(new Tally(2, 0));

        assertThat(List.of(isLive(accessId(early)), isLive(refreshId(early)))).containsOnly(false);
        assertThat(List.of(isLive(accessId(late)), isLive(refreshId(late)))).containsOnly(true);
        assertThat(revoke(before(base))).isEqualTo(Tally.NONE);
        assertThat(revoke(realm(JOE))).isEqualTo(new Tally(3, 0));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void saysTheSameWhenRepeatedAndWhatItWouldBefore(Target base) {
        register(issuedAt(instant.minusSeconds(3600), Grants.pair(JOE)));
        Grant half = issuedAt(instant.minusSeconds(3600), Grants.pair(JOE));
        register(half);
        invalidate(accessId(half));
        register(Grants.pair(JOE));
        assertThat(Sweeping.counted(store, Holding.of(JOE), Choice.of(before(base))))
                .extracting(OfGrant::live, OfGrant::dead)
                .containsExactlyInAnyOrder(tuple(2, 0), tuple(1, 1));
        Stamp stamp = append(before(base));

        assertThat(Sweeping.sweep(store, before(base), stamp)).isEqualTo(new Tally(3, 1));
        assertThat(Sweeping.sweep(store, before(base), stamp)).isEqualTo(new Tally(3, 1));
    }

    /** Whoever registers it says that it was issued before. */
    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void registersNothingThatWasIssuedBeforeItAndLeavesNothingOfIt(Target base) {
        assertThat(revoke(before(base))).isEqualTo(Tally.NONE);
        Grant early = issuedAt(instant.minusSeconds(1), Grants.pair(JOE));

        Registration refused = get(store.register(early));

        assertThat(refused.outcome()).isEqualTo(Outcome.INVALIDATED);
        assertThat(refused.fields()).containsExactly("issued_at");
        assertThat(List.of(isKnown(accessId(early)), isKnown(refreshId(early)))).containsOnly(false);
        Grant again = Grants.with(early, facts -> Grants.pair(JOE).facts());
        assertThat(register(again)).isEqualTo(Outcome.CREATED);
        assertThat(isLive(accessId(again))).isTrue();
        assertThat(register(issuedAt(instant, Grants.access(JOE)))).isEqualTo(Outcome.CREATED);
        assertThat(register(
                        issuedAt(instant.minusSeconds(3600), ofClient("other", Grants.access(holder("lab", "eve"))))))
                .isEqualTo(base instanceof Target.OfAll ? Outcome.INVALIDATED : Outcome.CREATED);
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void knowsATokenAsInvalidatedOnceItWasSwept(Target base) {
        Grant early = issuedAt(instant.minusSeconds(1), Grants.pair(JOE));
        register(early);
        revoke(before(base));

        assertThat(invalidate(accessId(early))).isEqualTo(Tally.ONE_PREVIOUSLY);
        assertThat(register(early)).isEqualTo(Outcome.INVALIDATED);
    }

    static Stream<Arguments> halvesOfJoe() {
        return Grants.halves(JOE);
    }

    @ParameterizedTest
    @MethodSource("halvesOfJoe")
    void leavesAPairRegisteredOfWhichItKillsOneToken(Target base, TokenKind dead) {
        Grant early = signedBy("k1", issuedAt(instant.minusSeconds(1), Grants.pair(JOE)));
        register(early);
        assertThat(revoke(before(base))).isEqualTo(new Tally(1, 0));

        assertThat(get(store.register(early))).isEqualTo(new Registration(Outcome.UNCHANGED, early));

        assertThat(isLive(id(early, dead))).isFalse();
        assertThat(isLive(id(early, dead.other()))).isTrue();
        invalidate(id(early, dead.other()));
        assertThat(register(early)).isEqualTo(Outcome.INVALIDATED);
    }

    @ParameterizedTest
    @MethodSource("halvesOfJoe")
    void registersTheTokenOfAPairThatItDoesNotCover(Target base, TokenKind dead) {
        append(before(base));
        Grant early = signedBy("k1", issuedAt(instant.minusSeconds(1), Grants.pair(JOE)));

        assertThat(register(early)).isEqualTo(Outcome.CREATED);

        assertThat(register(early)).isEqualTo(Outcome.UNCHANGED);
        assertThat(isLive(id(early, dead))).isFalse();
        assertThat(isLive(id(early, dead.other()))).isTrue();
        assertThat(revoke(user(JOE))).isEqualTo(new Tally(1, 1));
        assertThat(register(early)).isEqualTo(Outcome.INVALIDATED);
    }

    /** It only grows. */
    @Test
    void holdsTheLatestInstantOfATarget() {
        append(before(user(JOE)));
        append(new Target.IssuedBefore(user(JOE), instant.minusSeconds(1000)));

        assertThat(coverOf(Grants.access(JOE)).issuedBefore().instant()).isEqualTo(instant);
        assertThat(coverOf(Grants.access(JOE)).newest()).isEqualTo(Stamp.NONE);
        append(new Target.IssuedBefore(realm(JOE), instant.plusSeconds(1)));
        assertThat(coverOf(Grants.access(JOE)).issuedBefore().instant()).isEqualTo(instant.plusSeconds(1));
        assertThat(coverOf(Grants.access(holder("lab", "eve")))).isEqualTo(Cover.NONE);
    }

    /** As if a clock had been ahead. */
    @Test
    void isNeverLaterThanTheRevocation() {
        Target ahead = new Target.IssuedBefore(user(JOE), Grants.now().plusSeconds(60));

        Stamp stamp = append(ahead);

        assertThat(coverOf(Grants.access(JOE))).isEqualTo(new Cover(Stamp.NONE, stamp));
        assertThat(store.mark(ahead)).contains(stamp);
    }

    @Test
    void selectsOfAClient() {
        Grant shop = issuedAt(instant.minusSeconds(1), ofClient("shop", Grants.pair(JOE)));
        Grant bank = issuedAt(instant.minusSeconds(1), ofClient("bank", Grants.pair(JOE)));
        Grant late = ofClient("shop", Grants.pair(holder("corp", "eve")));
        List.of(shop, bank, late).forEach(this::register);

        assertThat(revoke(before(selected(realm(JOE), Selector.By.CLIENT, "shop"))))
                .isEqualTo(new Tally(2, 0));

        assertThat(Stream.of(shop, bank, late).map(grant -> isLive(refreshId(grant))))
                .containsExactly(false, true, true);
        assertThat(register(issuedAt(instant.minusSeconds(3600), ofClient("shop", Grants.access(JOE)))))
                .isEqualTo(Outcome.INVALIDATED);
        assertThat(register(issuedAt(instant.minusSeconds(3600), ofClient("bank", Grants.access(JOE)))))
                .isEqualTo(Outcome.CREATED);
    }

    /** A kept refresh token is as old as it was. */
    @Test
    void refusesANewAccessTokenBesideARefreshTokenThatIsTooOld() {
        Grant old = issuedAt(instant.minusSeconds(1), Grants.refresh(JOE));
        register(old);
        append(before(user(JOE)));
        Grant renewed = new Grant(
                JOE,
                Grants.access(JOE).access(),
                old.refresh(),
                Grants.access(JOE).facts());

        Registration done = get(store.register(renewed));

        assertThat(done.outcome()).isEqualTo(Outcome.INVALIDATED);
        assertThat(done.fields()).containsExactly("refresh_token");
    }

    @Test
    void reachesEveryGrantOfALargeHolderInEveryRealm() {
        int grants = 600;
        List<Grant> all = IntStream.range(0, grants)
                .mapToObj(i -> issuedAt(
                        instant.plusSeconds(i % 2 == 0 ? -1 : 0),
                        Grants.pair(i < grants / 2 ? JOE : holder("realm" + i, "joe"))))
                .toList();
        get(Future.all(all.stream().map(store::register).toList()));

        assertThat(revoke(before(user(JOE)))).isEqualTo(new Tally(grants, 0));

        assertThat(all)
                .allMatch(grant ->
                        isLive(refreshId(grant)) == !grant.facts().issuedAt().isBefore(instant));
    }

    private Target before(Target base) {
        return new Target.IssuedBefore(base, instant);
    }

    private Cover coverOf(Grant grant) {
        return get(OnLoop.on(store.context(), () -> store.jwts().coverOf(Traits.of(grant))));
    }
}
