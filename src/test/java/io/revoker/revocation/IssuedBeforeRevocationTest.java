package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.earlier;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Check;
import io.revoker.bus.Count;
import io.revoker.bus.FindGrants;
import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revocations of what was issued before an instant. */
@OnEveryRedis
class IssuedBeforeRevocationTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant instant = Grants.now().minusSeconds(60);
    private final String prefix = Backend.newPrefix();
    private final String url;
    private final Node node;

    IssuedBeforeRevocationTest(Server server) {
        url = server.url();
        node = Node.onRedis(Tuning.DEFAULT, url, prefix, 1);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void killsAtOnceAndEverywhereBeforeItsSweepHasBegun() {
        Grant early = register(earlier(HOUR, Grants.pair(JOE)));
        Grant late = register(Grants.pair(JOE));
        Target target = before(new Target.OfUser(JOE.user()));
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            assertThat(isActive(second, accessId(early))).isTrue();

            Report begun = get(node.bus().revoke(new Revoke(target, RealmScope.ALL, Revoke.Until.MARKED)));

            assertThat(isActive(node, accessId(early))).isFalse();
            until("heard", () -> !isActive(second, accessId(early)) && !isActive(second, refreshId(early)));
            assertThat(List.of(isActive(node, accessId(late)), isActive(second, refreshId(late))))
                    .containsOnly(true);
            until("counted", () -> tally(begun).equals(Optional.of(new Tally(2, 0))));
            until("told", () -> second.heard().contains(new Revocation(begun.stamp(), target)));
            assertThat(get(second.bus().findGrants(new FindGrants(JOE, "", RealmScope.ALL)))
                            .grants())
                    .singleElement()
                    .satisfies(grant ->
                            assertThat(grant.id()).isEqualTo(accessId(late).firstBits()));
        }
    }

    private Optional<Tally> tally(Report begun) {
        return get(node.bus().findSweeps(new FindSweeps(Optional.of(begun.stamp()), RealmScope.ALL))).sweeps().stream()
                .filter(sweep -> sweep.state() == State.ENDED)
                .map(sweep -> sweep.progress().tally())
                .findFirst();
    }

    @Test
    void refusesEverywhereWhatIsRegisteredAfterItAndWasIssuedBefore() {
        get(node.revoke(before(new Target.OfRealm(JOE.realm()))));
        try (Node later = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            for (Node each : List.of(node, later)) {
                assertThat(get(each.register(earlier(HOUR, Grants.access(JOE)))).outcome())
                        .isEqualTo(Registration.Outcome.INVALIDATED);
                assertThat(get(each.register(Grants.access(JOE))).outcome()).isEqualTo(Registration.Outcome.CREATED);
            }
        }
    }

    @Test
    void countsWhatItWouldKill() {
        register(earlier(HOUR, Grants.pair(JOE)));
        register(Grants.pair(JOE));
        Revoke revoke = new Revoke(before(new Target.OfRealm(JOE.realm())), RealmScope.ALL);

        assertThat(get(node.bus().count(new Count(revoke))).tally()).isEqualTo(new Tally(2, 0));
        assertThat(get(node.bus().revoke(revoke)).tally()).isEqualTo(new Tally(2, 0));
        assertThat(get(node.bus().count(new Count(revoke))).tally()).isEqualTo(Tally.NONE);
    }

    @Test
    void killsJwtsByTheirIssueTime() {
        TrustedIssuer issuer = TrustedIssuer.of("corp", Demand.EITHER);
        String early = issuer.issuedAt("joe", instant.getEpochSecond() - 1.0);
        String justBefore = issuer.issuedAt("joe", instant.getEpochSecond() - 0.001);
        String sameSecond = issuer.issuedAt("joe", (double) instant.getEpochSecond());
        String ofEve = issuer.issuedAt("eve", instant.getEpochSecond() - 1.0);
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            assertThat(get(second.revoke(before(new Target.OfUserInRealm(JOE)))).tally())
                    .isEqualTo(Tally.NONE);

            for (Node each : List.of(node, second)) {
                assertThat(List.of(isActive(issuer, each, early), isActive(issuer, each, justBefore)))
                        .containsOnly(false);
                assertThat(List.of(isActive(issuer, each, sameSecond), isActive(issuer, each, ofEve)))
                        .containsOnly(true);
            }
            get(node.revoke(new Target.IssuedBefore(new Target.OfUserInRealm(JOE), instant.plusNanos(1000))));
            assertThat(isActive(issuer, second, sameSecond)).isFalse();
        }
    }

    @Test
    void killsJwtsOfAClient() {
        TrustedIssuer issuer = TrustedIssuer.of("corp", Demand.EITHER);
        double early = instant.getEpochSecond() - 1.0;
        String shop =
                issuer.token("joe", claims -> claims.put("client_id", "shop").put("iat", early));
        String bank =
                issuer.token("joe", claims -> claims.put("client_id", "bank").put("iat", early));

        get(node.revoke(before(selected(new Target.OfRealm(JOE.realm()), Selector.By.CLIENT, "shop"))));

        assertThat(List.of(isActive(issuer, node, shop), isActive(issuer, node, bank)))
                .containsExactly(false, true);
    }

    @Test
    void isRefusedForATimeToComeAndOutsideOfTheRealmsOfItsCaller() {
        Grant grant = register(Grants.access(JOE));
        Target toCome = new Target.IssuedBefore(
                new Target.OfUser(JOE.user()), Instant.now().plus(HOUR));

        assertThat(problem(node.revoke(toCome)).kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem(node.bus().count(new Count(new Revoke(toCome, RealmScope.ALL))))
                        .kind())
                .isEqualTo(Problem.Kind.INVALID);
        assertThat(problem(node.revoke(
                                before(new Target.OfRealm(JOE.realm())), RealmScope.only(Set.of(new RealmId("lab")))))
                        .kind())
                .isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(isActive(node, accessId(grant))).isTrue();
    }

    private Target before(Target base) {
        return new Target.IssuedBefore(base, instant);
    }

    private Grant register(Grant grant) {
        get(node.register(grant));
        return grant;
    }

    private static boolean isActive(Node node, TokenId id) {
        return get(node.check(id)).status() == Verdict.Status.ACTIVE;
    }

    private static boolean isActive(TrustedIssuer issuer, Node node, String token) {
        Check check = new Check(token, RealmScope.ALL, Check.Kinds.ACCESS, get(issuer.verify(token)));
        return get(node.bus().check(check)).status() == Verdict.Status.ACTIVE;
    }
}
