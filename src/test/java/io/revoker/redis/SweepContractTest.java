package io.revoker.redis;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Sweeping;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SweepContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration SHORT = Duration.ofSeconds(1);

    SweepContractTest(Backend backend) {
        super(backend);
    }

    static List<Target> targetsOverJoe() {
        return Stream.concat(Stream.of(realm(JOE), user(JOE), userInRealm(JOE)), Grants.selections(JOE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void invalidatesWhatTheTargetCoversAndNothingElse(Target target) {
        Grant covered = Grants.pair(JOE);
        Grant stranger = Grants.pair(holder("lab", "eve"));
        register(covered);
        register(stranger);

        assertThat(revoke(target)).isEqualTo(new Tally(2, 0));

        assertThat(isLive(accessId(covered))).isFalse();
        assertThat(isLive(refreshId(covered))).isFalse();
        assertThat(isLive(accessId(stranger))).isTrue();
        assertThat(isLive(refreshId(stranger))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void findsNothingInAnEmptyStore(Target target) {
        assertThat(revoke(target)).isEqualTo(Tally.NONE);
    }

    @Test
    void takesOnlyTheNamedRealmOfAUser() {
        Grant corp = Grants.access(JOE);
        Grant lab = Grants.access(holder("lab", "joe"));
        register(corp);
        register(lab);

        assertThat(revoke(userInRealm(JOE))).isEqualTo(new Tally(1, 0));

        assertThat(isLive(accessId(lab))).isTrue();
        assertThat(revoke(user(JOE))).isEqualTo(new Tally(1, 0));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void countsThePairsByTheStateOfTheirHalves(Target target) {
        register(Grants.pair(JOE));
        registerInvalidating(true, true);
        assertThat(revoke(target)).as("fresh, and both dead").isEqualTo(new Tally(2, 0));

        registerInvalidating(true, false);
        assertThat(revoke(target)).as("access dead").isEqualTo(new Tally(1, 1));

        registerInvalidating(false, true);
        assertThat(revoke(target)).as("refresh dead").isEqualTo(new Tally(1, 1));
        assertThat(revoke(target)).as("all dead").isEqualTo(Tally.NONE);
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void countsALoneTokenOnce(Target target) {
        register(Grants.access(JOE));
        register(Grants.refresh(JOE));

        assertThat(revoke(target)).isEqualTo(new Tally(2, 0));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void countsNoExpiredToken(Target target) {
        Grant halfExpired = Grants.pair(JOE, SHORT, Grants.LIFE);
        Grant otherHalf = Grants.pair(JOE, Grants.LIFE, SHORT);
        Grant expiredAndDead = Grants.pair(JOE, SHORT, Grants.LIFE);
        Grant expired = Grants.pair(JOE, SHORT, SHORT);
        List.of(halfExpired, otherHalf, expiredAndDead, expired).forEach(this::register);
        invalidate(refreshId(expiredAndDead));
        until("expired", () -> !isKnown(accessId(expired)) && !isKnown(accessId(expiredAndDead)));

        assertThat(revoke(target)).isEqualTo(new Tally(2, 0));

        assertThat(isLive(refreshId(halfExpired))).isFalse();
        assertThat(isLive(accessId(otherHalf))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void leavesTokensAloneThatWereBornAfterTheStamp(Target target) {
        Grant before = Grants.access(JOE);
        register(before);
        Stamp stamp = append(target);
        Grant after = Grants.access(JOE);
        register(after);

        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(new Tally(1, 0));

        assertThat(isLive(accessId(before))).isFalse();
        assertThat(isLive(accessId(after))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void saysTheSameWhenRepeated(Target target) {
        register(Grants.pair(JOE));
        Stamp stamp = append(target);
        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(new Tally(2, 0));

        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(new Tally(2, 0));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void leavesToTheNewerOfTwoSweepsWhatItCameFirstTo(Target target) {
        register(Grants.pair(JOE));
        Stamp older = append(target);
        register(Grants.access(JOE));
        Stamp newer = append(target);

        assertThat(Sweeping.sweep(store, target, newer)).isEqualTo(new Tally(3, 0));
        assertThat(Sweeping.sweep(store, target, older)).isEqualTo(Tally.NONE);
        register(Grants.access(JOE));
        assertThat(Sweeping.sweep(store, target, older)).isEqualTo(Tally.NONE);
        assertThat(revoke(target)).isEqualTo(new Tally(1, 0));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void knowsATokenAsInvalidatedOnceItWasSwept(Target target) {
        Grant grant = Grants.pair(JOE);
        register(grant);
        revoke(target);

        assertThat(invalidate(accessId(grant))).isEqualTo(Tally.ONE_PREVIOUSLY);
        assertThat(register(grant)).isEqualTo(Registration.Outcome.INVALIDATED);
    }

    @Test
    void reachesEveryUserOfALargeRealm() {
        int users = 3000;
        registerTogether(IntStream.range(0, users)
                .mapToObj(i -> Grants.pair(holder("corp", "user" + i)))
                .toList());
        Grant other = Grants.access(holder("corp2", "user1"));
        register(other);

        assertThat(Sweeping.holders(store, realm(JOE))).hasSizeGreaterThanOrEqualTo(users);
        assertThat(revoke(realm(JOE))).isEqualTo(new Tally(2L * users, 0));
        assertThat(revoke(realm(JOE))).isEqualTo(Tally.NONE);
        assertThat(isLive(accessId(other))).isTrue();
    }

    @Test
    void reachesAUserInEveryRealm() {
        int realms = 500;
        registerTogether(IntStream.range(0, realms)
                .mapToObj(i -> Grants.access(holder("realm" + i, i % 2 == 0 ? "joe" : "eve")))
                .toList());

        assertThat(revoke(user(JOE))).isEqualTo(new Tally(realms / 2, 0));
    }

    @Test
    void reachesEveryGrantOfALargeHolder() {
        int grants = 2500;
        List<Grant> all =
                IntStream.range(0, grants).mapToObj(i -> Grants.pair(JOE)).toList();
        registerTogether(all);
        register(Grants.access(JOE));

        assertThat(revoke(userInRealm(JOE))).isEqualTo(new Tally(2L * grants + 1, 0));
        assertThat(all).noneMatch(grant -> isLive(accessId(grant)) || isLive(refreshId(grant)));
    }

    @Test
    void reachesEverything() {
        int realms = 150;
        registerTogether(IntStream.range(0, realms)
                .mapToObj(i -> Grants.access(holder("realm" + i % 100, "user" + i)))
                .toList());

        assertThat(get(store.size(new Target.OfAll()))).isBetween(realms / 2L, 2L * realms);
        assertThat(revoke(new Target.OfAll())).isEqualTo(new Tally(realms, 0));
        assertThat(revoke(new Target.OfAll())).isEqualTo(Tally.NONE);
        Grant later = Grants.access(JOE);
        register(later);
        assertThat(isLive(accessId(later))).isTrue();
    }

    @Test
    void selectsTheTokensOfAClient() {
        Grant shop = Grants.ofClient("shop", Grants.pair(JOE));
        Grant other = Grants.ofClient("sho", Grants.pair(JOE));
        Grant none = Grants.ofClient("", Grants.refresh(JOE));
        Grant ofEve = Grants.ofClient("shop", Grants.refresh(holder("corp", "eve")));
        Grant elsewhere = Grants.ofClient("shop", Grants.access(holder("lab", "joe")));
        List.of(shop, other, none, ofEve, elsewhere).forEach(this::register);
        invalidate(accessId(shop));

        assertThat(revoke(selected(userInRealm(JOE), Selector.By.CLIENT, "shop")))
                .isEqualTo(new Tally(1, 1));
        assertThat(isLive(refreshId(ofEve))).isTrue();
        assertThat(revoke(selected(realm(JOE), Selector.By.CLIENT, "shop"))).isEqualTo(new Tally(1, 0));
        assertThat(revoke(selected(realm(JOE), Selector.By.CLIENT, "shop"))).isEqualTo(Tally.NONE);

        assertThat(List.of(isLive(refreshId(shop)), isLive(refreshId(ofEve)))).containsOnly(false);
        assertThat(List.of(
                        isLive(accessId(other)),
                        isLive(refreshId(other)),
                        isLive(refreshId(none)),
                        isLive(accessId(elsewhere))))
                .containsOnly(true);
        assertThat(revoke(realm(JOE))).isEqualTo(new Tally(3, 0));
    }

    @Test
    void selectsTheTokensOfAKind() {
        Grant pair = Grants.pair(JOE);
        Grant dead = Grants.pair(JOE);
        Grant access = Grants.access(JOE);
        Grant refresh = Grants.refresh(JOE);
        List.of(pair, dead, access, refresh).forEach(this::register);
        invalidate(accessId(dead));

        assertThat(revoke(new Target.Selected(userInRealm(JOE), Selector.of(TokenKind.ACCESS))))
                .isEqualTo(new Tally(2, 0));

        assertThat(List.of(isLive(accessId(pair)), isLive(accessId(access)))).containsOnly(false);
        assertThat(List.of(isLive(refreshId(pair)), isLive(refreshId(dead)), isLive(refreshId(refresh))))
                .containsOnly(true);
        assertThat(revoke(realm(JOE))).isEqualTo(new Tally(3, 2));
    }

    @Test
    void selectsFromEveryGrantOfALargeHolder() {
        int grants = 1000;
        List<Grant> all = IntStream.range(0, grants)
                .mapToObj(i -> Grants.ofClient("client" + i % 2, Grants.pair(JOE)))
                .toList();
        registerTogether(all);

        assertThat(revoke(selected(userInRealm(JOE), Selector.By.CLIENT, "client1")))
                .isEqualTo(new Tally(grants, 0));

        assertThat(all)
                .allMatch(grant ->
                        isLive(refreshId(grant)) == grant.facts().clientId().equals("client0"));
    }

    private void registerTogether(List<Grant> grants) {
        CompositeFuture registered =
                get(Future.all(grants.stream().map(store::register).toList()));
        assertThat(registered.<Registration>list())
                .extracting(Registration::outcome)
                .containsOnly(Registration.Outcome.CREATED);
    }

    private void registerInvalidating(boolean access, boolean refresh) {
        Grant grant = Grants.pair(JOE);
        register(grant);
        if (access) {
            invalidate(accessId(grant));
        }
        if (refresh) {
            invalidate(refreshId(grant));
        }
    }
}
