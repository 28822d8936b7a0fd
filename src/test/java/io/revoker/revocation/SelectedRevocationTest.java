package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.bus.Check;
import io.revoker.bus.FindGrants;
import io.revoker.bus.Revoke;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revocations of some of the tokens of a realm or of a holder. */
@OnEveryRedis
class SelectedRevocationTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final UserInRealm EVE = holder("corp", "eve");

    private final String prefix = Backend.newPrefix();
    private final RedisClient redis;
    private final String url;
    private final Node node;

    SelectedRevocationTest(Server server) {
        url = server.url();
        redis = RedisClient.of(url);
        node = Node.onRedis(Tuning.DEFAULT, url, prefix, 1);
    }

    @AfterEach
    void close() {
        node.close();
        redis.close();
    }

    @Test
    void killsAtOnceAndEverywhereBeforeItsSweepHasBegun() {
        Grant shop = register("shop", Grants.pair(JOE));
        Grant other = register("bank", Grants.pair(JOE));
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            assertThat(isActive(second, accessId(shop))).isTrue();

            Report begun = get(node.bus().revoke(new Revoke(shopOf(JOE), RealmScope.ALL, Revoke.Until.MARKED)));

            assertThat(isActive(node, accessId(shop))).isFalse();
            until("heard", () -> !isActive(second, accessId(shop)) && !isActive(second, refreshId(shop)));
            assertThat(List.of(isActive(node, accessId(other)), isActive(second, refreshId(other))))
                    .containsOnly(true);
            until("counted", () -> tally(begun).equals(Optional.of(new Tally(2, 0))));
            assertThat(get(second.bus().findGrants(new FindGrants(JOE, "", RealmScope.ALL)))
                            .grants())
                    .singleElement()
                    .satisfies(grant ->
                            assertThat(grant.id()).isEqualTo(accessId(other).firstBits()));
        }
        try (Node later = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            assertThat(isActive(later, accessId(shop))).isFalse();
            assertThat(isActive(later, accessId(other))).isTrue();
        }
    }

    private Optional<Tally> tally(Report begun) {
        return get(node.bus().findSweeps(new FindSweeps(Optional.of(begun.stamp()), RealmScope.ALL))).sweeps().stream()
                .filter(sweep -> sweep.state() == State.ENDED)
                .map(sweep -> sweep.progress().tally())
                .findFirst();
    }

    @Test
    void sparesWhatIsRegisteredAfterIt() {
        register("shop", Grants.access(EVE));
        assertThat(get(node.revoke(shopOf(JOE))).tally()).isEqualTo(new Tally(1, 0));

        Grant later = register("shop", Grants.pair(JOE));

        assertThat(isActive(node, accessId(later))).isTrue();
        assertThat(get(node.revoke(shopOf(JOE))).tally()).isEqualTo(new Tally(2, 0));
        assertThat(isActive(node, accessId(later))).isFalse();
    }

    @Test
    void findsTheClientOfARefreshTokenWhoseAccessTokenIsForgotten() {
        Grant shop = register("shop", Grants.pair(JOE));
        Grant bank = register("bank", Grants.pair(JOE));
        List.of(shop, bank).forEach(grant -> forget(accessId(grant)));

        assertThat(get(node.revoke(shopOf(JOE))).tally()).isEqualTo(new Tally(2, 0));

        assertThat(isActive(node, refreshId(shop))).isFalse();
        assertThat(isActive(node, refreshId(bank))).isTrue();
        assertThat(get(node.bus().findGrants(new FindGrants(JOE, "", RealmScope.ALL)))
                        .grants())
                .singleElement()
                .satisfies(grant ->
                        assertThat(grant.facts().orElseThrow().clientId()).isEqualTo("bank"));
    }

    /** As an earlier version has registered it. */
    @Test
    void saysWhatItCouldNotTellAndKeepsItDead() {
        Grant shop = register("shop", Grants.pair(JOE));
        redis.call("DEL", records(accessId(shop)));

        Report report = get(node.revoke(shopOf(JOE)));

        assertThat(report.tally()).isEqualTo(Tally.NONE);
        assertThat(report.errors()).singleElement().asString().contains(": grant without a record");
        assertThat(isActive(node, refreshId(shop))).isFalse();
    }

    @Test
    void killsEverythingAtOnceAndEverywhere() {
        TrustedIssuer issuer = TrustedIssuer.of("another", Demand.EITHER);
        String jwt = issuer.token("joe");
        Grant ofCorp = register("shop", Grants.pair(JOE));
        Grant ofLab = register("", Grants.access(holder("lab", "eve")));
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> get(second.revoke(new Target.OfAll(), RealmScope.only(Set.of(JOE.realm())))));
            assertThat(isActive(node, accessId(ofCorp))).isTrue();

            assertThat(get(second.revoke(new Target.OfAll())).tally()).isEqualTo(new Tally(3, 0));

            assertThat(List.of(isActive(node, refreshId(ofCorp)), isActive(node, accessId(ofLab))))
                    .containsOnly(false);
            assertThat(isActive(issuer, node, jwt)).isFalse();
            assertThat(get(node.revoke(new Target.OfAll())).tally()).isEqualTo(Tally.NONE);
            assertThat(isActive(node, accessId(register("shop", Grants.access(JOE)))))
                    .isTrue();
        }
    }

    @Test
    void isRefusedOutsideOfTheRealmsOfItsCaller() {
        Grant shop = register("shop", Grants.access(JOE));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> get(node.revoke(shopOf(JOE), RealmScope.only(Set.of(new RealmId("lab"))))))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(isActive(node, accessId(shop))).isTrue();
    }

    private static Target shopOf(UserInRealm holder) {
        return selected(new Target.OfRealm(holder.realm()), Selector.By.CLIENT, "shop");
    }

    private Grant register(String client, Grant grant) {
        Grant whole = Grants.ofClient(client, grant);
        get(node.register(whole));
        return whole;
    }

    private static boolean isActive(Node node, TokenId id) {
        return get(node.check(id)).status() == Verdict.Status.ACTIVE;
    }

    private static boolean isActive(TrustedIssuer issuer, Node node, String token) {
        Check check = new Check(token, RealmScope.ALL, Check.Kinds.ACCESS, get(issuer.verify(token)));
        return get(node.bus().check(check)).status() == Verdict.Status.ACTIVE;
    }

    private String records(TokenId id) {
        return prefix + ":t:" + id.value().substring(0, 3);
    }

    /** As it happens some time after it has expired. */
    private void forget(TokenId id) {
        redis.call(
                "EVAL",
                "for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do"
                        + " if #name == 16 then redis.call('HDEL', KEYS[1], name) end end",
                "1",
                records(id));
    }
}
