package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.TrustedIssuer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service with Spring Security 7.0, which is its own gateway. */
class SpringResourceServerIT extends OutageContract {
    private static final Gateway.Kind KIND = Gateway.Kind.SPRING_RESOURCE_SERVER;

    SpringResourceServerIT() {
        super(Map.of(KIND, Closing.of(503, 2)));
    }

    @Test
    void letsAGoodTokenInAndKnowsWhoseItIs() {
        String user = Api.fresh("joe");
        for (String token :
                new String[] {gateways().access("issuer", user), gateways().jwt(user)}) {
            assertThat(gateways().call(KIND, "GET", "/").bearer(token).send().body())
                    .isEqualTo(user + " of issuer");
        }
    }

    @Test
    void refusesWhatHasBeenRevoked() {
        String realm = Api.fresh("realm");
        Map<String, String> byRevocation = Map.of(
                gateways().access("corp", "joe"), "{\"token\":\"TOKEN\"}",
                gateways().access("corp", "ann"), "{\"username\":\"ann\"}",
                gateways().access(realm, "joe"), "{\"realm_name\":\"" + realm + "\"}",
                gateways().jwt("bob"), "{\"realm_name\":\"issuer\",\"username\":\"bob\"}",
                gateways().jwt("joe"), "{\"token\":\"TOKEN\"}");

        byRevocation.forEach((token, revocation) -> {
            assertThat(status(KIND, token)).as(revocation).isEqualTo(200);
            gateways().revoke(revocation.replace("TOKEN", token));
            assertThat(status(KIND, token)).as(revocation).isEqualTo(401);
        });
    }

    @Test
    void refusesEveryRequestWithoutAGoodToken() {
        assertThat(gateways().call(KIND, "GET", "/").send().status()).isEqualTo(401);
        for (String token : new String[] {
            "garbage",
            gateways().refresh("corp", "joe"),
            TrustedIssuer.forged(gateways().jwt("joe"))
        }) {
            assertThat(status(KIND, token)).as(token).isEqualTo(401);
        }
    }
}
