package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask about many tokens, and revoke them. */
class BatchCallersTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic b3BzOndyb25n", "Bearer abc", "nonsense"})
    void challengesWhoeverItDoesNotKnow(String credentials) {
        Reply check = service.call("POST", "/v1/checks")
                .header("Authorization", credentials)
                .json("{\"tokens\":[\"x\"]}")
                .send();

        Reply revocation = service.call("POST", "/v1/revocations")
                .header("Authorization", credentials)
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"x\"}")
                .send();

        for (Reply reply : List.of(check, revocation)) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).startsWith("Basic realm=");
        }
    }

    @Test
    void letsOnlyThoseRevokeWhoMay() {
        assertThat(revoke("x", ClientFiles.GATEWAY).status()).isEqualTo(403);
        assertThat(revoke("x", ClientFiles.ISSUER).status()).isEqualTo(403);
        assertThat(revoke("x", ClientFiles.OPS).status()).isEqualTo(200);
    }

    @Test
    void leavesTokensOfOtherRealmsAlone() {
        String other = ClientFiles.token(service, "other");

        assertThat(revoke(other, ClientFiles.CORP).body()).startsWith("{\"status\":404,");
        assertThat(check(other, ClientFiles.GATEWAY).body()).contains("\"active\":true");
        assertThat(revoke(ClientFiles.token(service, "corp"), ClientFiles.CORP).body())
                .startsWith("{\"status\":200,");
    }

    @Test
    void letsOnlyThoseCheckWhoMay() {
        assertThat(check("x", ClientFiles.OPS).status()).isEqualTo(403);
        assertThat(check("x", ClientFiles.ISSUER).status()).isEqualTo(403);
        assertThat(check("x", ClientFiles.GATEWAY).status()).isEqualTo(200);
    }

    /** As if it were not there, be it live or dead. */
    @Test
    void hidesTokensOfOtherRealms() {
        String corp = ClientFiles.token(service, "corp");
        String other = ClientFiles.token(service, "other");

        Reply seen = check(corp + "\",\"" + other, ClientFiles.CORP);
        assertThat(seen.body())
                .startsWith("{\"checks\":[{\"active\":true,\"realm_name\":\"corp\",")
                .endsWith(",{\"active\":false,\"reason\":\"unknown or expired\"}]}");
        assertThat(revoke(other, ClientFiles.OPS).status()).isEqualTo(200);
        assertThat(check(other, ClientFiles.CORP).body()).contains("\"unknown or expired\"");
        assertThat(check(other, ClientFiles.GATEWAY).body()).contains("\"revoked\"");
    }

    @Test
    void tellsOfRefreshTokensByPrivilege() {
        String refresh = ClientFiles.token(service, "corp", "refresh_token");
        String hidden = "{\"checks\":[{\"active\":false,\"reason\":\"not an access token\"}]}";

        assertThat(check(refresh, ClientFiles.GATEWAY).body()).isEqualTo(hidden);
        assertThat(check(refresh, ClientFiles.ROOT).body()).isEqualTo(hidden);
        assertThat(check(refresh, ClientFiles.INSPECTOR).body())
                .contains("\"active\":true", "\"token_use\":\"refresh\"");
        assertThat(hinted(refresh, ClientFiles.GATEWAY).body()).isEqualTo(hidden);
        assertThat(hinted(refresh, ClientFiles.ROOT).body()).contains("\"active\":true");
    }

    /** A stranger's body is not read before it is known that it is a stranger's. */
    @Test
    void refusesAStrangerBeforeTheBody() {
        try (RawConnection connection = service.connect()) {
            connection.send(head("Content-Length: 100"));

            assertThat(connection.readNext().status()).isEqualTo(401);
        }
    }

    @Test
    void invitesTheBodyOfACaller() {
        try (RawConnection connection = service.connect()) {
            connection.send(head("Content-Length: 16\r\nAuthorization: Basic "
                    + Call.base64(ClientFiles.GATEWAY + ':' + ClientFiles.SECRET)));

            assertThat(connection.readNext().status()).isEqualTo(100);
            assertThat(connection.exchange("{\"tokens\":[\"x\"]}").status()).isEqualTo(200);
        }
    }

    private static String head(String headers) {
        return "POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                + headers + "\r\n\r\n";
    }

    private static Reply check(String token, String client) {
        return service.call("POST", "/v1/checks")
                .basic(client, ClientFiles.SECRET)
                .json("{\"tokens\":[\"" + token + "\"]}")
                .send();
    }

    private static Reply hinted(String token, String client) {
        return service.call("POST", "/v1/checks")
                .basic(client, ClientFiles.SECRET)
                .json("{\"token_type_hint\":\"refresh_token\",\"tokens\":[\"" + token + "\"]}")
                .send();
    }

    private static Reply revoke(String token, String client) {
        return service.call("POST", "/v1/revocations")
                .basic(client, ClientFiles.SECRET)
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"" + token + "\"}")
                .send();
    }
}
