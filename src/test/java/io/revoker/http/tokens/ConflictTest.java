package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;

/** A registration that is refused says which of its fields is in the way, and nothing of what is registered. */
@OnEveryRedis
class ConflictTest {
    private static final String THUMBPRINT = "k".repeat(43);

    private final Api api;
    private final String realm = Api.fresh("realm");
    private final String token = Api.fresh("token");

    ConflictTest(Server redis) {
        api = new Api(RunningService.shared(redis));
    }

    @Test
    void namesEachFieldThatDiffers() {
        register("\"scope\":\"orders\",\"client_id\":\"app\",\"jti\":\"a\",\"expires_in\":600");
        String other = "\"scope\":\"write\",\"client_id\":\"web\",\"jti\":\"b\",\"expires_in\":500,"
                + "\"token_type\":\"DPoP\",\"cnf\":{\"jkt\":\"" + THUMBPRINT + "\"}";

        Reply reply = register(other);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(detail(reply))
                .isEqualTo(
                        "token: registered already, with another client_id, cnf, expires_in, jti, scope, token_type");
        assertThat(reply.body()).doesNotContain("orders", "app", "600");
        assertThat(detail(register("\"scope\":\"orders\",\"client_id\":\"app\",\"jti\":\"a\",\"expires_in\":500")))
                .isEqualTo("token: registered already, with another expires_in");
    }

    /** A caller that may not know of that realm learns no more than that the token is known. */
    @Test
    void namesTheRealmAloneIfThatDiffers() {
        register("\"scope\":\"read\"");
        String body = document("\"scope\":\"write\"");

        assertThat(detail(api.register(body.replace("joe", "ann"))))
                .isEqualTo("token: registered already, with another scope, username");
        assertThat(detail(api.register(body.replace("joe", "ann").replace(realm, realm + "-2"))))
                .isEqualTo("token: registered already, with another realm_name");
    }

    @Test
    void namesTheTokenThatIsInAnotherPair() {
        register("\"refresh_token\":\"" + token + "-r\"");

        assertThat(detail(register("\"refresh_token\":\"" + token + "-s\"")))
                .isEqualTo("token: registered already, with another refresh_token");
        assertThat(detail(register("\"scope\":\"read\"")))
                .isEqualTo("token: registered already, with another refresh_token, scope");
        assertThat(detail(
                        api.register(document("\"refresh_expires_in\":1200").replace("access_token", "refresh_token"))))
                .isEqualTo("token: registered already, with another refresh_token");
    }

    @Test
    void namesWhatKeepsARotationFromBeingOne() {
        String refresh = "\"refresh_token\":\"" + token + "-r\",\"client_id\":\"app\"";
        register(refresh);
        String rotated = document(refresh).replace("access_token\":\"" + token, "access_token\":\"" + token + "-2");

        assertThat(detail(api.register(rotated.replace("app", "web"))))
                .isEqualTo("token: registered already, with another client_id");
        assertThat(detail(api.register(rotated.replace("joe", "ann"))))
                .isEqualTo("token: registered already, with another username");
        assertThat(api.register(rotated).status()).isEqualTo(201);
        assertThat(detail(api.register(rotated.replace("app\"", "app\",\"scope\":\"write\""))))
                .isEqualTo("token: registered already, with another scope");
        assertThat(api.invalidateRefresh(token + "-r")).isEqualTo("200 1,0,0");
        assertThat(detail(api.register(rotated.replace(token + "-2", token + "-3"))))
                .isEqualTo("refresh_token: registered already, and invalidated (expected: a fresh token)");
    }

    @Test
    void namesTheTokensThatAreInvalidated() {
        String refresh = "\"refresh_token\":\"" + token + "-r\"";
        register(refresh);
        api.invalidateUserInRealm(realm, "joe");

        assertThat(detail(register(refresh)))
                .isEqualTo(
                        "access_token, refresh_token: registered already, and invalidated (expected: a fresh token)");
    }

    private Reply register(String fields) {
        return api.register(document(fields));
    }

    private String document(String fields) {
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"" + token + "\"," + fields
                + "}";
    }

    private static String detail(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        return reply.json().required("detail").textValue();
    }
}
