package io.revoker.http;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has tried what it may not do is in the audit trail. */
class RefusedRequestsTest {
    private static final String JOE = "{\"realm_name\":\"partners\",\"username\":\"joe\"}";

    private RunningService service;

    @BeforeEach
    void start() {
        service = RunningService.start(ClientFiles.option(), "--audit.interval=100ms");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void tellsOfStrangersAndOfClientsWithAWrongSecret() {
        service.call("DELETE", Api.PATH).json(JOE).send();
        service.call("DELETE", Api.PATH)
                .basic(ClientFiles.OPS, "wrong")
                .json(JOE)
                .send();
        service.call("POST", "/v1/tokens")
                .basic("a-secret-in-the-wrong-place", "x")
                .json(JOE)
                .send();

        until("kept", () -> refused().size() == 3);
        assertThat(refused())
                .allSatisfy(entry -> assertThat(entry.path("detail").asText()).isEqualTo("unauthenticated"))
                .allSatisfy(entry -> assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1"))
                .noneSatisfy(entry -> assertThat(entry.toString()).contains("wrong-place"))
                .extracting(entry ->
                        entry.path("caller").asText() + ", " + entry.path("via").asText())
                .containsExactlyInAnyOrder(
                        ", DELETE /_security/oauth2/token",
                        ClientFiles.OPS + ", DELETE /_security/oauth2/token",
                        ", POST /v1/tokens");
    }

    @Test
    void tellsOfClientsThatLackThePrivilegeOrTheRealm() {
        as(ClientFiles.GATEWAY, "DELETE", Api.PATH).json(JOE).send();
        as(ClientFiles.CORP, "POST", "/v1/revocations")
                .json("{\"target\":" + JOE + "}")
                .send();
        as(ClientFiles.CORP, "POST", "/v1/tokens")
                .json("{\"realm_name\":\"partners\",\"username\":\"joe\",\"mint\":[\"access_token\"]}")
                .send();

        until("kept", () -> refused().size() == 3);
        assertThat(refused())
                .extracting(entry -> entry.path("caller").asText() + ": "
                        + entry.path("detail").asText() + ", "
                        + entry.path("realm_name").asText())
                .containsExactlyInAnyOrder(
                        "gateway: lacks the privilege invalidate, partners",
                        "corp-admin: target: outside of the client's realms, partners",
                        "corp-admin: target: outside of the client's realms, partners");
    }

    @Test
    void countsWhatIsTriedAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            as(ClientFiles.GATEWAY, "DELETE", Api.PATH).json(JOE).send();
        }

        until(
                "all kept",
                () -> refused().stream()
                                .mapToLong(entry -> entry.path("times").asLong())
                                .sum()
                        >= 20);
        assertThat(refused().size()).isLessThan(20);
    }

    @Test
    void saysNothingOfThoseWhoOnlyAsk() {
        service.call("GET", "/v1/locks").send();
        service.call("POST", "/oauth2/introspect").form("token=x").send();
        service.call("DELETE", Api.PATH).json(JOE).send();

        until("kept", () -> refused().size() == 1);
    }

    @Test
    void tellsWhatHasHitMoreThanWasExpected() {
        for (String user : List.of("joe", "ann")) {
            as(ClientFiles.ISSUER, "POST", "/v1/tokens")
                    .json("{\"realm_name\":\"r\",\"username\":\"" + user + "\",\"mint\":[\"access_token\"]}")
                    .send();
        }

        assertThat(as(ClientFiles.OPS, "POST", "/v1/revocations")
                        .json("{\"target\":{\"realm_name\":\"r\"},\"expected_max\":1}")
                        .send()
                        .status())
                .isEqualTo(409);

        JsonNode entry = entries("kind=revocation").get(0);
        assertThat(entry.path("outcome").asText()).isEqualTo("refused");
        assertThat(entry.path("realm_name").asText()).isEqualTo("r");
        assertThat(entry.path("detail").asText()).contains("expected_max: 1");
    }

    private Call as(String client, String method, String path) {
        return service.call(method, path).basic(client, ClientFiles.SECRET);
    }

    private List<JsonNode> refused() {
        return entries("kind=request&outcome=refused");
    }

    private List<JsonNode> entries(String query) {
        return as(ClientFiles.ROOT, "GET", "/v1/audit?" + query).send().each("entries");
    }
}
