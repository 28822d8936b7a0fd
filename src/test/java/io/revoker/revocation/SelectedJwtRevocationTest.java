package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Check;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Backend;
import io.revoker.testing.Node;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revocations of some of the unregistered JWTs. */
@OnEveryRedis
class SelectedJwtRevocationTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final String url;
    private final Node node;

    SelectedJwtRevocationTest(Server server) {
        url = server.url();
        node = Node.onRedis(Tuning.DEFAULT, url, prefix, 1);
    }

    @AfterEach
    void close() {
        node.close();
    }

    /** Only the claims say which client it is of. */
    @Test
    void killsJwtsThatNobodyRegistered() {
        TrustedIssuer issuer = TrustedIssuer.of("corp", Demand.EITHER);
        String shop = issuer.token("joe", claims -> claims.put("client_id", "shop"));
        String bank = issuer.token("joe", claims -> claims.put("client_id", "bank"));
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            Report report = get(second.revoke(selected(new Target.OfUserInRealm(JOE), Selector.By.CLIENT, "shop")));

            assertThat(report.tally()).isEqualTo(Tally.NONE);
            assertThat(List.of(isActive(issuer, node, shop), isActive(issuer, second, shop)))
                    .containsOnly(false);
            assertThat(List.of(isActive(issuer, node, bank), isActive(issuer, second, bank)))
                    .containsOnly(true);
            double after = report.stamp().nextSecond();
            assertThat(isActive(
                            issuer,
                            node,
                            issuer.token(
                                    "joe",
                                    claims -> claims.put("client_id", "shop").put("iat", after))))
                    .isTrue();
        }
    }

    /** Only the header says which key has signed it. */
    @Test
    void killsJwtsOfAKeyThatNobodyRegistered() {
        TrustedIssuer issuer = TrustedIssuer.of("corp", Demand.EITHER);
        String leaked = issuer.signedBy("key/1", "joe");
        String ofEve = issuer.signedBy("key/1", "eve");
        String sound = issuer.signedBy("key/2", "joe");
        String without = issuer.token("joe");
        try (Node second = Node.onRedis(Tuning.DEFAULT, url, prefix, 1)) {
            get(second.revoke(selected(new Target.OfUserInRealm(JOE), Selector.By.KEY, "key/1")));
            for (Node each : List.of(node, second)) {
                assertThat(List.of(isActive(issuer, each, leaked), isActive(issuer, each, ofEve)))
                        .containsExactly(false, true);
            }

            get(node.revoke(selected(new Target.OfRealm(JOE.realm()), Selector.By.KEY, "key/1")));
            for (Node each : List.of(node, second)) {
                assertThat(isActive(issuer, each, ofEve)).isFalse();
                assertThat(List.of(isActive(issuer, each, sound), isActive(issuer, each, without)))
                        .containsOnly(true);
            }
        }
    }

    private static boolean isActive(TrustedIssuer issuer, Node node, String token) {
        Check check = new Check(token, RealmScope.ALL, Check.Kinds.ACCESS, get(issuer.verify(token)));
        return get(node.bus().check(check)).status() == Verdict.Status.ACTIVE;
    }
}
