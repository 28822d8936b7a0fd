package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JWT is active with its own signature only, and is revoked by any form of it. */
@OnEveryRedis
class JwtTest {
    private static final String SIGNATURE = ".c2lnbmF0dXI";

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("jwt");
    private final String signed = signed("");

    /** With a false signature, with an empty one, without one, and with nothing where it was. */
    private final List<String> forgeries =
            List.of(signed + ".Zm9yZ2Vk", signed + ".", signed, signed + SIGNATURE + "A");

    JwtTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void isActiveWithItsOwnSignatureInAnySpelling() {
        register(signed + SIGNATURE);

        for (String same : List.of(signed + SIGNATURE, signed + SIGNATURE + "=", signed + ".c2lnbmF0dXJ")) {
            assertThat(api.check(same)).isEqualTo(200);
            assertThat(api.isActive(same)).isTrue();
            assertThat(batch(same)).contains("\"active\":true");
        }
    }

    @Test
    void isNotActiveWithAnother() {
        register(signed + SIGNATURE);

        for (String forgery : forgeries) {
            assertThat(api.check(forgery)).isEqualTo(401);
            assertThat(api.isActive(forgery)).isFalse();
            assertThat(batch(forgery)).contains("\"unknown or expired\"");
        }
    }

    @Test
    void ofTwoPartsIsNotTheOneOfThree() {
        register(signed);

        assertThat(api.check(signed)).isEqualTo(200);
        assertThat(api.check(signed + SIGNATURE)).isEqualTo(401);
        assertThat(register(signed + SIGNATURE)).isEqualTo(409);
    }

    @Test
    void isRevokedByAnyFormOfIt() {
        for (String form : forgeries) {
            String another = signed("-" + forgeries.indexOf(form));
            String token = form.replace(signed, another);
            String own = another + SIGNATURE;
            assertThat(register(own)).isEqualTo(201);

            assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
            assertThat(api.check(own)).isEqualTo(401);
            assertThat(api.invalidateAccess(own)).isEqualTo("200 0,1,0");
        }
    }

    private int register(String token) {
        return api.register(
                        "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"" + token + "\"}")
                .status();
    }

    private String batch(String token) {
        return service.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + token + "\"]}")
                .send()
                .body();
    }

    private String signed(String suffix) {
        return "eyJhbGciOiJFUzI1NiJ9." + Jwts.base64("{\"nonce\":\"" + realm + suffix + "\"}");
    }
}
