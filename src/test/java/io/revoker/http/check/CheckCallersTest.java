package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCallersTest {
    private static final String GATEWAY = "Revoker-Authorization";
    private static RunningService service;
    private static String corp;
    private static String other;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
        corp = ClientFiles.token(service, "corp");
        other = ClientFiles.token(service, "other");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void letsTheGatewayAsk() {
        assertThat(check(corp, credentials(ClientFiles.GATEWAY))).isEqualTo(200);
        assertThat(check("unknown", credentials(ClientFiles.GATEWAY))).isEqualTo(401);
    }

    /** Never 401: the gateway would ask its own caller for another token. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Basic b3BzOndyb25n", "Bearer abc", "nonsense"})
    void refusesAGatewayThatItDoesNotKnow(String credentials) {
        assertThat(check(corp, credentials)).isEqualTo(403);
        assertThat(check("unknown", credentials)).isEqualTo(403);
    }

    @Test
    void refusesAGatewayWithoutThePrivilege() {
        assertThat(check(corp, credentials(ClientFiles.OPS))).isEqualTo(403);
    }

    @Test
    void refusesAGatewayWithoutCredentials() {
        assertThat(service.call("GET", "/v1/check").bearer(corp).send().status())
                .isEqualTo(403);
    }

    @Test
    void refusesCredentialsThatAreGivenTwice() {
        assertThat(service.call("GET", "/v1/check")
                        .bearer(corp)
                        .header(GATEWAY, credentials(ClientFiles.GATEWAY))
                        .header(GATEWAY, "Basic b3BzOndyb25n")
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void hidesTokensOfOtherRealms() {
        assertThat(check(corp, credentials(ClientFiles.CORP))).isEqualTo(200);
        assertThat(check(other, credentials(ClientFiles.CORP))).isEqualTo(401);
    }

    @Test
    void introspectsForTheGatewayOnly() {
        assertThat(introspect(corp, ClientFiles.GATEWAY)).startsWith("200 {\"active\":true,");
        assertThat(introspect(corp, ClientFiles.CORP)).startsWith("200 {\"active\":true,");
        assertThat(introspect(other, ClientFiles.CORP)).isEqualTo("200 {\"active\":false}");
        assertThat(introspect(corp, ClientFiles.OPS)).startsWith("403 {\"error\":\"insufficient_scope\"");
    }

    @Test
    void challengesWhoeverIntrospectsWithoutCredentials() {
        for (String authorization : List.of("", "Basic b3BzOndyb25n", "Bearer " + corp)) {
            var reply = service.call("POST", "/oauth2/introspect")
                    .header("Authorization", authorization)
                    .form("token=x")
                    .send();

            assertThat(reply.toString()).startsWith("401 {\"error\":\"invalid_client\"");
            assertThat(reply.header("WWW-Authenticate")).startsWith("Basic realm=");
        }
    }

    /** A caller that may only check admits every request with an active token. */
    @Test
    void tellsOfRefreshTokensByPrivilege() {
        String refresh = ClientFiles.token(service, "corp", "refresh_token");
        String active = "200 {\"active\":true,";
        String inactive = "200 {\"active\":false}";

        for (String client : List.of(ClientFiles.GATEWAY, ClientFiles.CORP)) {
            assertThat(introspect(refresh, client)).isEqualTo(inactive);
            assertThat(introspect(refresh + "&token_type_hint=refresh_token", client))
                    .isEqualTo(inactive);
        }
        assertThat(introspect(refresh, ClientFiles.INSPECTOR))
                .startsWith(active)
                .contains("\"token_use\":\"refresh\"");
        assertThat(introspect(refresh, ClientFiles.ROOT)).isEqualTo(inactive);
        assertThat(introspect(refresh + "&token_type_hint=refresh_token", ClientFiles.ROOT))
                .startsWith(active);
        assertThat(check(refresh, credentials(ClientFiles.INSPECTOR))).isEqualTo(401);
    }

    private static int check(String token, String credentials) {
        return service.call("GET", "/v1/check")
                .bearer(token)
                .header(GATEWAY, credentials)
                .send()
                .status();
    }

    private static String introspect(String token, String client) {
        return service.call("POST", "/oauth2/introspect")
                .basic(client, ClientFiles.SECRET)
                .form("token=" + token)
                .send()
                .toString();
    }

    private static String credentials(String client) {
        return "Basic " + Call.base64(client + ':' + ClientFiles.SECRET);
    }
}
