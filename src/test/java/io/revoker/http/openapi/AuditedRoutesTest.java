package io.revoker.http.openapi;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.GitHub;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of the description that changes something leaves an entry in the audit trail, or is known to need none. */
class AuditedRoutesTest {
    private static final Set<String> CHANGING = Set.of("post", "put", "patch", "delete");
    private static final String JOE = "{\"realm_name\":\"corp\",\"username\":\"joe\"}";

    /** The beginnings of operations that make no token good or bad, and why they have no entries. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("/v1/check", "asks"),
            Map.entry("/k8s/tokenreview", "asks"),
            Map.entry("/oauth2/introspect", "asks"),
            Map.entry("/v1/followers", "says how far a follower of the caller has come"),
            Map.entry("/ssf/stream", "is about how events are delivered to the caller"),
            Map.entry("/ssf/status", "is about how events are delivered to the caller"),
            Map.entry("/ssf/verify", "is about how events are delivered to the caller"),
            Map.entry("/ssf/poll", "takes events"),
            Map.entry("/v1/status-allocations", "gives places in lists to tokens to come"),
            Map.entry("/console/session", "opens or ends a session of a person, who acts by the other routes"));

    private static DescribedService service;

    /**
     * What leaves an entry.
     *
     * @param operation method and path as the description has them
     * @param kind of the entry
     */
    private record Row(String operation, String kind, Function<RunningService, Reply> act) {
        String via() {
            return operation.replaceAll("\\{(\\w+)}", ":$1");
        }

        @Override
        public String toString() {
            return operation;
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        service = DescribedService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("POST /v1/tokens", "registration", running -> register(running, Api.fresh("token"))),
                new Row(
                        "POST /v1/revocations",
                        "revocation",
                        running -> ops(running, "POST", "/v1/revocations")
                                .json("{\"target\":" + JOE + "}")
                                .send()),
                elastic("DELETE /_security/oauth2/token"),
                elastic("DELETE /_xpack/security/oauth2/token"),
                elastic("POST /_security/oauth2/token/_invalidate"),
                new Row("POST /oauth2/revoke", "revocation", running -> {
                    String token = Api.fresh("token");
                    register(running, token);
                    return ops(running, "POST", "/oauth2/revoke")
                            .form("token=" + token)
                            .send();
                }),
                new Row(
                        "POST /oauth2/global-token-revocation",
                        "revocation",
                        running -> ops(running, "POST", "/oauth2/global-token-revocation")
                                .json("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"joe\"}}")
                                .send()),
                new Row(
                        "POST /oidc/backchannel-logout",
                        "request",
                        running -> running.call("POST", "/oidc/backchannel-logout")
                                .form("logout_token=a.b.c")
                                .send()),
                new Row(
                        "POST /ssf/events",
                        "request",
                        running -> running.call("POST", "/ssf/events")
                                .header("Content-Type", "application/secevent+jwt")
                                .body("a.b.c")
                                .send()),
                new Row("POST /v1/revoke_tokens", "revocation", running -> leaked(running, "/v1/revoke_tokens")),
                new Row("POST /v1/leaks/github", "revocation", running -> leaked(running, "/v1/leaks/github")),
                new Row("DELETE /v1/locks/{lock}", "unlock", running -> {
                    String lock = ops(running, "POST", "/v1/revocations")
                            .json("{\"target\":" + JOE + ",\"until\":\"" + Api.ahead(Duration.ofDays(1)) + "\"}")
                            .send()
                            .json()
                            .at("/lock/id")
                            .asText();
                    return ops(running, "DELETE", "/v1/locks/" + lock).send();
                }),
                new Row("DELETE /v1/sweeps/{sweep}", "stop", running -> {
                    String sweep = ops(running, "DELETE", Api.PATH + "?wait_for_completion=false")
                            .json(JOE)
                            .send()
                            .json()
                            .path("sweep")
                            .asText();
                    return ops(running, "DELETE", "/v1/sweeps/" + sweep).send();
                }));
    }

    private static Row elastic(String operation) {
        String[] parts = operation.split(" ", 2);
        return new Row(
                operation,
                "revocation",
                running -> ops(running, parts[0], parts[1]).json(JOE).send());
    }

    /** Tokens can be created by Elasticsearch only: the route says so. */
    @Test
    void everyOperationThatChangesSomethingHasARow() {
        Set<String> known = rows().map(Row::operation).collect(Collectors.toSet());

        assertThat(Description.ofService().operations().stream()
                        .filter(operation -> CHANGING.contains(operation.method()))
                        .filter(operation -> OTHERS.keySet().stream().noneMatch(operation.path()::startsWith))
                        .map(TenantRow::operation)
                        .filter(operation -> !operation.matches("POST /_(x?pack/)?security/oauth2/token")))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void leavesAnEntry(Row row) {
        assertThat(row.act().apply(service.running()).status()).isPositive();

        until(
                "an entry of " + row,
                () -> entries(row).stream()
                        .anyMatch(entry -> entry.path("via").asText().equals(row.via())));
        assertThat(entries(row))
                .filteredOn(entry -> entry.path("via").asText().equals(row.via()))
                .allSatisfy(entry -> assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1"))
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("long-random-secret"));
    }

    private static List<JsonNode> entries(Row row) {
        return ops(service.running(), "GET", "/v1/audit?limit=1000&kind=" + row.kind())
                .send()
                .each("entries");
    }

    private static Reply register(RunningService running, String token) {
        return ops(running, "POST", "/v1/tokens")
                .json("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + token + "\"}")
                .send();
    }

    private static Reply leaked(RunningService running, String path) {
        String token = Api.fresh("token");
        register(running, token);
        String report = path.endsWith("github")
                ? "[{\"token\":\"" + token + "\",\"type\":\"t\",\"url\":\"\",\"source\":\"content\"}]"
                : "[{\"type\":\"t\",\"token\":\"" + token + "\",\"url\":\"https://example.com\"}]";
        return (path.endsWith("github") ? running.call("POST", path) : ops(running, "POST", path))
                .header(GitHub.KEY_HEADER, GitHub.KEY)
                .header(GitHub.SIGNATURE_HEADER, Known.GITHUB.sign(report))
                .json(report)
                .send();
    }

    private static io.revoker.testing.Call ops(RunningService running, String method, String path) {
        return running.call(method, path).header("Authorization", Known.OPS.basic());
    }
}
