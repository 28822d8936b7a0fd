package io.revoker.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Api;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Revocations of JWTs of realms that demand, allow or do not look at registrations. */
class JwtDemandsTest {

    /** Every realm: a token that it calls active, before and after. */
    @ParameterizedTest
    @EnumSource
    void revokesItByItsTextAndWithItsUser(Demand demand) {
        TrustedIssuer issuer = TrustedIssuer.demanding(demand);
        try (RunningService service = start(issuer)) {
            Api api = new Api(service);
            String single = issuer.token("joe");
            String ofUser = issuer.token("joe");
            if (demand == Demand.REGISTERED) {
                assertThat(api.check(single)).isEqualTo(401);
                assertThat(api.invalidateAccess(single)).isEqualTo(Api.UNKNOWN);
                register(api, issuer, single, "");
                register(api, issuer, ofUser, "");
            }
            assertThat(api.check(single)).isEqualTo(200);
            assertThat(api.check(ofUser)).isEqualTo(200);

            assertThat(api.invalidateAccess(issuer.withOtherSignature(single))).isEqualTo("200 1,0,0");
            assertThat(api.invalidateAccess(single)).isEqualTo("200 0,1,0");

            assertThat(api.check(single)).isEqualTo(401);
            assertThat(api.check(ofUser)).isEqualTo(200);
            Reply reply = api.invalidate("{\"username\":\"joe\"}");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(api.check(ofUser)).isEqualTo(401);
            double stamp = Double.parseDouble(reply.header("Revoker-Stamp")) / 1_000_000;
            String later = issuer.issuedAt("joe", Math.floor(stamp) + 1);
            if (demand == Demand.REGISTERED) {
                register(api, issuer, later, "");
            }
            assertThat(api.check(later)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void revokesThePairThatItWasRegisteredWith(Demand demand) {
        TrustedIssuer issuer = TrustedIssuer.demanding(demand);
        try (RunningService service = start(issuer)) {
            Api api = new Api(service);
            String token = issuer.token("joe");
            String refresh = Api.fresh("refresh");
            register(api, issuer, token, ",\"refresh_token\":\"" + refresh + "\"");
            assertThat(api.isActive(refresh)).isTrue();

            assertThat(service.call("POST", "/v1/revocations")
                            .header("Content-Type", "application/x-ndjson")
                            .body("{\"token\":\"" + token + "\",\"grant\":true}\n")
                            .send()
                            .body())
                    .contains("\"invalidated_tokens\":2");

            assertThat(api.check(token)).isEqualTo(401);
            assertThat(api.isActive(refresh)).isFalse();
        }
    }

    /** As the manual says: such a realm does not look at the registration. */
    @Test
    void survivesThePairWhereRegistrationsAreNotLookedAt() {
        TrustedIssuer issuer = TrustedIssuer.demanding(Demand.UNREGISTERED);
        try (RunningService service = start(issuer)) {
            Api api = new Api(service);
            String token = issuer.token("joe");
            String refresh = Api.fresh("refresh");
            register(api, issuer, token, ",\"refresh_token\":\"" + refresh + "\"");

            service.call("POST", "/oauth2/revoke").form("token=" + refresh).send();

            assertThat(api.isActive(refresh)).isFalse();
            assertThat(api.check(token)).isEqualTo(200);
        }
    }

    private static RunningService start(TrustedIssuer issuer) {
        return RunningService.start(RealmFiles.option(issuer), "--redis.prefix=" + Api.fresh("demands"));
    }

    private static void register(Api api, TrustedIssuer issuer, String token, String more) {
        assertThat(api.register("{\"access_token\":\"" + token + "\",\"realm_name\":\"" + issuer.realm() + "\"" + more
                                + "}")
                        .status())
                .isEqualTo(201);
    }
}
