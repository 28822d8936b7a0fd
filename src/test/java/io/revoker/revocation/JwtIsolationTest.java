package io.revoker.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.TokenId;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller of another realm sees of a JWT what it sees of no token, and can't revoke it. */
class JwtIsolationTest {
    private final TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
    private final RunningService service = RunningService.start(
            RealmFiles.option(issuer, TrustedIssuer.of("corp", Demand.EITHER)),
            ClientFiles.option(),
            "--redis.prefix=" + Api.fresh("isolated"));
    private final String token = issuer.token("joe");

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void belongsToItsRealm() {
        assertThat(state(ClientFiles.CORP))
                .isEqualTo("401 {\"active\":false} {\"checks\":[{\"active\":false,"
                        + "\"reason\":\"unknown or expired\"}]}");
        assertThat(invalidate(ClientFiles.CORP).status()).isEqualTo(404);
        String byJti = byId(ClientFiles.CORP, "jti", TrustedIssuer.jti(token));
        assertThat(byJti).contains("\"status\":403", "realm_name: outside of the caller's realms");
        assertThat(byId(ClientFiles.CORP, "token_id", TokenId.of(token).value()))
                .isEqualTo(byJti);
        assertThat(stream(ClientFiles.CORP, "{\"realm_name\":\"no-such-realm\",\"jti\":\"7\"}"))
                .isEqualTo(byJti);

        assertThat(state(ClientFiles.ROOT)).startsWith("200 {\"active\":true");
        assertThat(Api.counts(invalidate(ClientFiles.ROOT))).isEqualTo("200 1,0,0");
        assertThat(state(ClientFiles.CORP)).startsWith("401");
    }

    /** That another realm has registered its text changes nothing: neither whose it is nor whether it is active. */
    @Test
    void isNotTakenOverByAnotherRealm() {
        assertThat(as(ClientFiles.CORP, "POST", "/v1/tokens")
                        .json("{\"realm_name\":\"corp\",\"username\":\"eve\",\"access_token\":\"" + token + "\"}")
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(state(ClientFiles.CORP)).startsWith("401 {\"active\":false}");
        assertThat(state(ClientFiles.ROOT))
                .startsWith("200 {\"active\":true")
                .contains("\"username\":\"joe\"")
                .doesNotContain("eve");

        assertThat(Api.counts(invalidate(ClientFiles.CORP))).isEqualTo("200 1,0,0");
        assertThat(state(ClientFiles.ROOT)).startsWith("200 {\"active\":true");
    }

    /** It names its own realm with the id of a token of another one: that is another JWT, which there may be. */
    @Test
    void isNotRevokedByItsIdInAnotherRealm() {
        String none = inCorp(TokenId.of(Api.fresh("none")));
        assertThat(none).contains("\"status\":200,\"invalidated_tokens\":1");

        assertThat(inCorp(TokenId.of(token))).isEqualTo(none);
        assertThat(inCorp(TokenId.ofJti(new RealmId(issuer.realm()), TrustedIssuer.jti(token))))
                .isEqualTo(none);
        assertThat(state(ClientFiles.ROOT)).startsWith("200 {\"active\":true");

        assertThat(Api.counts(invalidate(ClientFiles.ROOT))).isEqualTo("200 1,0,0");
        assertThat(state(ClientFiles.ROOT)).startsWith("401");
    }

    @Test
    void showsAnotherRealmNothingOfARevocation() {
        String none = inCorp(TokenId.of(Api.fresh("none")));
        assertThat(as(ClientFiles.ROOT, "POST", "/v1/tokens")
                        .json("{\"realm_name\":\"" + issuer.realm() + "\",\"access_token\":\"" + token + "\"}")
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(Api.counts(invalidate(ClientFiles.ROOT))).isEqualTo("200 1,0,0");

        assertThat(inCorp(TokenId.of(token))).isEqualTo(none);
    }

    /** The result without its stamp. */
    private String inCorp(TokenId id) {
        return stream(ClientFiles.CORP, "{\"realm_name\":\"corp\",\"token_id\":\"" + id + "\"}")
                .replaceAll("\"(stamp|summary)[^,}]*", "");
    }

    private String state(String client) {
        Reply check = service.call("GET", "/v1/check")
                .bearer(token)
                .header("Revoker-Authorization", "Basic " + Call.base64(client + ':' + ClientFiles.SECRET))
                .send();
        return check.status() + " "
                + as(client, "POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .body()
                + " "
                + as(client, "POST", "/v1/checks")
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .body();
    }

    private Reply invalidate(String client) {
        return as(client, "DELETE", Api.PATH)
                .json("{\"token\":\"" + token + "\"}")
                .send();
    }

    private String byId(String client, String field, String id) {
        return stream(client, "{\"realm_name\":\"" + issuer.realm() + "\",\"" + field + "\":\"" + id + "\"}");
    }

    private String stream(String client, String line) {
        return as(client, "POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body(line + "\n")
                .send()
                .body();
    }

    private Call as(String client, String method, String path) {
        return service.call(method, path).basic(client, ClientFiles.SECRET);
    }
}
