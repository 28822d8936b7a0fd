package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.bus.Addresses;
import io.revoker.domain.Revocation;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class RevocationStreamTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String REVOKED =
            "{\"status\":200,\"invalidated_tokens\":1,\"previously_invalidated_tokens\":0}";
    private static final String BEFORE =
            "{\"status\":200,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":1}";
    private static final String UNKNOWN =
            "{\"status\":404,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0}";

    private final RunningService service;
    private final Api api;
    private final String realm;

    RevocationStreamTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
        realm = Api.fresh("revocations");
    }

    @Test
    void revokesAccessAndRefreshTokensOnTheirOwn() {
        Api.Pair one = api.pair(realm, "joe");
        Api.Pair other = api.pair(realm, "joe");

        Reply reply = stream(service, access(one.access()) + refresh(other.refresh()));

        assertThat(reply.toString()).startsWith("200 " + REVOKED + "\n" + REVOKED + "\n{\"summary\":");
        assertThat(reply.header("Content-Type")).isEqualTo(NDJSON);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(List.of(api.isActive(one.access()), api.isActive(one.refresh())))
                .containsExactly(false, true);
        assertThat(List.of(api.isActive(other.access()), api.isActive(other.refresh())))
                .containsExactly(true, false);
    }

    @Test
    void findsARefreshTokenUnderItsOwnNameOnly() {
        Api.Pair pair = api.pair(realm, "joe");

        assertThat(lines(refresh(pair.access()))).containsExactly(UNKNOWN);
        assertThat(api.isActive(pair.access())).isTrue();
    }

    /** RFC 7009, section 2.1: a client that has found a token need not know its kind, and a wrong hint does no harm. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"token_type_hint\":\"access_token\"",
                ",\"token_type_hint\":\"refresh_token\"",
                ",\"token_type_hint\":\"x\""
            })
    void looksForATokenUnderBothKinds(String hint) {
        Api.Pair pair = api.pair(realm, "joe");
        String both = either(pair.access(), hint) + either(pair.refresh(), hint);

        assertThat(lines(both + both)).containsExactly(REVOKED, REVOKED, BEFORE, BEFORE);
        assertThat(lines(either("unknown", hint))).containsExactly(UNKNOWN);
        assertThat(List.of(api.isActive(pair.access()), api.isActive(pair.refresh())))
                .containsExactly(false, false);
    }

    private static String either(String token, String hint) {
        return "{\"token\":\"" + token + "\"" + hint + "}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "refresh_token"})
    void revokesThePairOfARefreshTokenInOne(String name) {
        Api.Pair pair = api.pair(realm, "joe");
        Api.Pair other = api.pair(realm, "joe");
        String line = "{\"" + name + "\":\"" + pair.refresh() + "\",\"grant\":true}\n";

        assertThat(lines(line + line))
                .containsExactly(
                        "{\"status\":200,\"invalidated_tokens\":2,\"previously_invalidated_tokens\":0}",
                        "{\"status\":200,\"invalidated_tokens\":0,\"previously_invalidated_tokens\":2}");
        assertThat(List.of(api.isActive(pair.access()), api.isActive(pair.refresh())))
                .containsExactly(false, false);
        assertThat(List.of(api.isActive(other.access()), api.isActive(other.refresh())))
                .containsExactly(true, true);
    }

    @Test
    void revokesThePairOfAnAccessTokenInOne() {
        Api.Pair pair = api.pair(realm, "joe");

        assertThat(lines(either(pair.access(), ",\"grant\":false"))).containsExactly(REVOKED);
        assertThat(lines(either(pair.access(), ",\"grant\":true")))
                .containsExactly("{\"status\":200,\"invalidated_tokens\":1,\"previously_invalidated_tokens\":1}");
        assertThat(api.isActive(pair.refresh())).isFalse();
    }

    /** Every third line is of a token that was never registered. The lines fill many windows. */
    @Test
    void answersALineForEachInTheirOrder() {
        register(3000);
        String body =
                IntStream.range(0, 3000).mapToObj(i -> access(token(i, i % 3))).collect(Collectors.joining());

        assertThat(lines(body))
                .containsExactlyElementsOf(IntStream.range(0, 3000)
                        .mapToObj(i -> i % 3 == 2 ? UNKNOWN : REVOKED)
                        .toList());
        assertThat(List.of(api.check(token(0, 0)), api.check(token(2, 0)))).containsExactly(401, 200);
    }

    /** Whether the same token comes at once, within the window or long after. */
    @Test
    void countsATokenOnceHoweverOftenItComes() {
        register(2000);
        String all = IntStream.range(0, 2000)
                .mapToObj(i -> access(token(i, 0)).repeat(2))
                .collect(Collectors.joining());

        List<String> results = lines(all + all);

        assertThat(results).hasSize(8000);
        for (int i = 0; i < 4000; i++) {
            assertThat(results.get(i)).as("line %s", i).isEqualTo(i % 2 == 0 ? REVOKED : BEFORE);
        }
        assertThat(results.subList(4000, 8000)).containsOnly(BEFORE);
    }

    @Test
    void writesEachIntoTheLog() {
        Queue<Target> heard = new ConcurrentLinkedQueue<>();
        service.vertx()
                .eventBus()
                .<Revocation>consumer(
                        Addresses.REVOCATIONS, event -> heard.add(event.body().target()));
        Api.Pair pair = api.pair(realm, "joe");

        assertThat(lines(access(pair.access()) + access("unknown") + refresh(pair.refresh())))
                .containsExactly(REVOKED, UNKNOWN, REVOKED);

        Waiting.until(
                "both are published",
                () -> heard.containsAll(List.of(
                        new Target.OneToken(TokenKind.ACCESS, TokenId.of(pair.access())),
                        new Target.OneToken(TokenKind.REFRESH, TokenId.of(pair.refresh())))));
        assertThat(heard).doesNotContain(new Target.OneToken(TokenKind.ACCESS, TokenId.of("unknown")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token\":\"s3cret|body: not JSON at line 1, column 17",
                "{} {}|body: not JSON at line 1, column 4",
                "\u00e9|body: not JSON at line 1, column 2",
                "\u2003|body: not JSON at line 1, column 3",
                "[\"s3cret\"]|body: array (expected: a JSON object)",
                "{}|token, refresh_token: both missing (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"token\":null}|token, refresh_token: both missing (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"token\":\"s3cret\",\"refresh_token\":\"y\"}|token, refresh_token: more than one given (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"token\":7}|token: not a string with at least one character",
                "{\"refresh_token\":\"\"}|refresh_token: not a string with at least one character",
                "{\"token\":\"s3cret\",\"grant\":\"true\"}|grant: not a boolean (expected: true or false)",
                "{\"token\":\"s3cret\\ud800\"}|token: an unpaired surrogate (expected: Unicode text)",
                "{\"token\":\"s3cret\",\"realm_name\":\"r\"}|realm_name: given with token (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"token\":\"s3cret\",\"user\":\"r\"}|body: an unknown field (expected: grant, jti, realm_name, refresh_token, token, token_id, token_type_hint)",
                "{\"token\":\"s3cret\",\"jti\":\"7\"}|token, jti: more than one given (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"jti\":\"7\"}|realm_name: missing (expected: token, refresh_token, or realm_name with jti or token_id)",
                "{\"realm_name\":\"r\",\"jti\":\"7\"}|realm_name: its tokens have to be registered (expected: a realm whose issuer is trusted)",
                "{\"realm_name\":\"r\",\"token_id\":\"AAAAAAAAAAAAAAAAAAAAAA\"}|realm_name: its tokens have to be registered (expected: a realm whose issuer is trusted)",
                "{\"realm_name\":\"r\",\"jti\":\"7\",\"grant\":true}|grant: given with jti (expected: token, refresh_token, or realm_name with jti or token_id)",
            })
    void goesOnAfterABadLine(String line, String detail) {
        String token = api.access(realm, "joe");

        assertThat(lines(line + "\n" + access(token)))
                .containsExactly(
                        "{\"status\":400,\"type\":\"about:blank\",\"title\":\"Bad Request\",\"detail\":\"" + detail
                                + "\"}",
                        REVOKED);
    }

    @Test
    void skipsBlankLinesAndReadsALastLineWithoutItsEnd() {
        String token = api.access(realm, "joe");

        assertThat(lines("\n \r\n{\"token\":\"x\"}\r\n\n\t\n{\"token\":\"" + token + "\"}"))
                .containsExactly(UNKNOWN, REVOKED);
        assertThat(lines("")).isEmpty();
    }

    @Test
    void endsAtALineThatIsTooLong() {
        String token = api.access(realm, "joe");

        List<String> results = lines(access("x").repeat(1000) + access("y".repeat(17_000)) + access(token));

        assertThat(results).hasSize(1001).startsWith(UNKNOWN);
        assertThat(results.get(1000))
                .isEqualTo("{\"status\":413,\"type\":\"about:blank\",\"title\":\"Request Entity Too Large\","
                        + "\"detail\":\"line: longer than 16KiB (http.max-line-size)\"}");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void tellsTheSumsAtTheEnd() {
        Api.Pair pair = api.pair(realm, "joe");
        String body = access(pair.access()).repeat(3) + refresh(pair.refresh()) + access("x") + "{}\n";

        assertThat(StreamAnswer.of(stream(service, body).body()).summary())
                .isEqualTo("{\"summary\":{\"complete\":true,\"lines\":6,\"invalidated\":2,\"previously_invalidated\":2,"
                        + "\"not_found\":1,\"invalid\":1,\"failed\":0}}");
        assertThat(StreamAnswer.of(stream(service, access("x") + access("y".repeat(17_000)))
                                .body())
                        .summary())
                .startsWith(
                        "{\"summary\":{\"complete\":false,\"reason\":\"line: longer than 16KiB (http.max-line-size)\",\"lines\":2,"
                                + "\"invalidated\":0,\"previously_invalidated\":0,\"not_found\":1,\"invalid\":1,\"failed\":0}}");
    }

    @Test
    void saysInOneLineOfItsOwnLogWhatWasDone() {
        Api.Pair pair = api.pair(realm, "joe");
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            assertThat(lines(access(pair.access()).repeat(3) + refresh(pair.refresh()) + access("x") + "{}"))
                    .hasSize(6);

            Waiting.until("logged", () -> log.lines().stream().anyMatch(line -> line.contains("revocations caller")));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("caller="))
                    .singleElement()
                    .asString()
                    .endsWith("revocations caller=anonymous lines=6 invalidated=2 previously_invalidated=2 not_found=1"
                            + " invalid=1 failed=0");
        }
    }

    @Test
    void answersWhatItHasReadWhileMoreIsToCome() {
        String token = api.access(realm, "joe");
        String line = access(token);
        try (RawConnection connection = RawConnection.to(service.port())) {
            connection.send("POST /v1/revocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + NDJSON
                    + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            connection.send(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");

            Waiting.until("revoked", () -> api.check(token) == 401);
            connection.send("0\r\n\r\n");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 200 ").contains(REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void takesPostOnly(String method) {
        Reply reply = service.call(method, "/v1/revocations").json("{}").send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void takesNoOtherType(String type) {
        String token = api.access(realm, "joe");
        Reply reply = service.call("POST", "/v1/revocations")
                .header("Content-Type", type)
                .body(access(token))
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(api.check(token)).isEqualTo(200);
    }

    /** One that is declared as a document is none: it names no target. */
    @Test
    void takesNoLineAsADocument() {
        String token = api.access(realm, "joe");

        Reply reply =
                service.call("POST", "/v1/revocations").json(access(token)).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(api.check(token)).isEqualTo(200);
    }

    private void register(int count) {
        String body = IntStream.range(0, count)
                .mapToObj(i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"u" + i % 50 + "\",\"access_token\":\""
                        + token(i, 0) + "\"}")
                .collect(Collectors.joining("\n"));
        Reply reply = service.call("POST", "/v1/tokens")
                .header("Content-Type", NDJSON)
                .body(body)
                .send();
        assertThat(StreamAnswer.of(reply.body()).results())
                .hasSize(count)
                .allMatch(line -> line.startsWith("{\"status\":201"));
    }

    /** One that is registered, unless the variety is 2. */
    private String token(int i, int variety) {
        return realm + "-" + i + (variety == 2 ? "-unknown" : "");
    }

    private static String access(String token) {
        return "{\"token\":\"" + token + "\"}\n";
    }

    private static String refresh(String token) {
        return "{\"refresh_token\":\"" + token + "\"}\n";
    }

    private List<String> lines(String body) {
        return StreamAnswer.of(stream(service, body).body()).results();
    }

    private static Reply stream(RunningService service, String body) {
        return service.call("POST", "/v1/revocations")
                .header("Content-Type", NDJSON)
                .body(body)
                .chunked()
                .send();
    }
}
