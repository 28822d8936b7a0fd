package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class RegistrationFaultsTest {
    private static final String HOLDER = "{\"realm_name\":\"r\",\"username\":\"u\",";

    private final Server redis;
    private final RunningService service;
    private final Api api;

    RegistrationFaultsTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|body: missing (expected: a JSON object)",
                "[]|body: array (expected: a JSON object)",
                "null|body: null (expected: a JSON object)",
                "{|body: not JSON at line 1, column 2",
                "{} {}|body: not JSON at line 1, column 4",
                "{\"cnf\":[[[[[[[[[[[[[[[[[[[[[1|body: nested too deeply (expected: at most 20 levels)",
                "{\"username\":\"u\"}|realm_name: missing (expected: a string)",
                "{\"realm_name\":\"r\"}|username: missing (expected: a string)",
                "{\"realm_name\":null,\"username\":\"u\"}|realm_name: missing (expected: a string)",
                "{\"realm_name\":\"\",\"username\":\"u\"}|realm_name: not a string with at least one character",
                "{\"realm_name\":\" \",\"username\":\"u\"}|realm_name: blank (expected: a name)",
                "{\"realm_name\":\"r\",\"username\":\"\\t \"}|username: blank (expected: a name)",
                "{\"realm_name\":1,\"username\":\"u\"}|realm_name: not a string with at least one character",
            })
    void namesWhatIsWrong(String body, String detail) {
        refuses(body == null ? "" : body, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"scope\":\"s\"|access_token, refresh_token: both missing (expected: at least one)",
                "\"mint\":[]|mint: not an array of names (expected: access_token, refresh_token)",
                "\"mint\":\"access_token\"|mint: not an array of names (expected: access_token, refresh_token)",
                "\"mint\":[1]|mint: an unknown name (expected: access_token, refresh_token)",
                "\"mint\":[\"id_token\"]|mint: an unknown name (expected: access_token, refresh_token)",
                "\"mint\":[\"access_token\"],\"access_token\":\"x\"|access_token: given and to be minted (expected: one of them)",
                "\"access_token\":\"x\",\"refresh_token\":\"x\"|access_token, refresh_token: the same token (expected: two different ones)",
                "\"access_token\":7|access_token: not a string with at least one character",
                "\"access_token\":\"\"|access_token: not a string with at least one character",
                "\"access_token\":\"\\ud800\"|access_token: an unpaired surrogate (expected: Unicode text)",
                "\"access_token\":\"s3 cret\"|access_token: a character that a header cannot carry (expected: visible ASCII)",
                "\"refresh_token\":\"s3cret \"|refresh_token: a character that a header cannot carry (expected: visible ASCII)",
                "\"access_token\":\"s3cr\u00e9t\"|access_token: a character that a header cannot carry (expected: visible ASCII)",
                "\"access_token\":\"s3cret\\u007f\"|access_token: a character that a header cannot carry (expected: visible ASCII)",
                "\"access_token\":\"x\",\"refresh_expires_in\":9|refresh_expires_in: given without its token",
                "\"access_token\":\"x\",\"expires_in\":0|expires_in: 0 (expected: 1 to 86400 seconds)",
                "\"access_token\":\"x\",\"expires_in\":-1|expires_in: -1 (expected: 1 to 86400 seconds)",
                "\"access_token\":\"x\",\"expires_in\":86401|expires_in: 86401 (expected: 1 to 86400 seconds)",
                "\"access_token\":\"x\",\"expires_in\":9223372036854775807|expires_in: 9223372036854775807 (expected: 1 to 86400 seconds)",
                "\"access_token\":\"x\",\"expires_in\":9223372036854775808|expires_in: not a whole number of seconds (expected: an integer of at most 64 bits, without fraction and exponent)",
                "\"access_token\":\"x\",\"expires_in\":1.5|expires_in: not a whole number of seconds (expected: an integer of at most 64 bits, without fraction and exponent)",
                "\"access_token\":\"x\",\"expires_in\":\"9\"|expires_in: not a whole number of seconds (expected: an integer of at most 64 bits, without fraction and exponent)",
                "\"refresh_token\":\"x\",\"refresh_expires_in\":31536001|refresh_expires_in: 31536001 (expected: 1 to 31536000 seconds)",
                "\"access_token\":\"x\",\"issued_at\":-1|issued_at: -1 (expected: seconds since 1970, not in the future)",
            })
    void namesTheFieldThatIsWrong(String fields, String detail) {
        refuses(HOLDER + fields + "}", detail);
    }

    @Test
    void namesTheFieldsThatThereAre() {
        refuses(
                HOLDER + "\"password\":\"s3cret\"}",
                "body: an unknown field (expected: access_token, client_id, cnf, expires_in, issued_at, jti, mint,"
                        + " realm_name, refresh_expires_in, refresh_token, scope, session_id, status_list, token_type, username)");
    }

    @Test
    void boundsTheTimeOfIssue() {
        long now = Instant.now().getEpochSecond();

        assertThat(issuedAt(now + 3600).status()).isEqualTo(400);
        assertThat(issuedAt(now - 3600).json().required("detail").textValue())
                .startsWith("expires_in: the token expires at ");
        assertThat(issuedAt(now + 30).status()).isEqualTo(201);
        assertThat(issuedAt(now - 1000).status()).isEqualTo(201);
    }

    /** Of characters that JSON writes as two, and a form as three. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "+", "\\\""})
    void takesNoTokenThatOneOfTheSurfacesCannotRead(String character) {
        String prefix = Api.fresh("long");
        String rest = character.repeat(8128 - prefix.length());
        String token = prefix + rest;
        String plain = token.replace("\\", "");

        Reply tooLong = api.register(HOLDER + "\"access_token\":\"x" + token + "\"}");
        assertThat(tooLong.json().required("detail").textValue())
                .isEqualTo("access_token: 8129 characters (expected: at most 8128 characters)");
        assertThat(api.register(HOLDER + "\"access_token\":\"" + token + "\"}").status())
                .isEqualTo(201);
        assertThat(service.call("GET", "/v1/check")
                        .bearer(plain)
                        .header("Cookie", "x".repeat(48 * 1024))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(api.isActive(URLEncoder.encode(plain, StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .body())
                .contains("\"active\":true");
        assertThat(service.call("POST", "/v1/revocations")
                        .header("Content-Type", "application/x-ndjson")
                        .body("{\"token\":\"" + token + "\"}")
                        .send()
                        .body())
                .startsWith("{\"status\":200,\"invalidated_tokens\":1,");
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");
    }

    @Test
    void boundsTheNames() {
        for (String field : new String[] {"realm_name", "username", "client_id"}) {
            assertThat(named(field, 1024).status()).as(field).isEqualTo(201);
            assertThat(named(field, 1025).json().required("detail").textValue())
                    .startsWith(field + ": 1025 characters");
        }
        assertThat(named("scope", 4096).status()).isEqualTo(201);
        assertThat(named("scope", 4097).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"username\":\"u\",\"username\":\"s3cret\"}", "{\"cnf\":{\"s3cret\":1,\"s3cret\":2}}"})
    void saysWhereANameStandsTwice(String body) {
        assertThat(api.register(body).body())
                .contains("\"detail\":\"body: a name twice in one object at line 1, column ")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"s3cret", "{\"access_token\":\"s3cret\\q\"}"})
    void saysWhereTheBodyIsNoJsonAndRepeatsNothingOfIt(String body) {
        assertThat(api.register(body).body())
                .contains("body: not JSON at line 1")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/jsonp", "application/x-www-form-urlencoded", "", "multipart/form-data"
            })
    void wantsJson(String type) {
        Reply reply = service.call("POST", "/v1/tokens")
                .header("Content-Type", type)
                .body("%zz")
                .send();

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void namesTheMethodsOfThePath(String method) {
        Reply reply = service.call(method, "/v1/tokens").send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void refusesABodyOverTheLimit() {
        Reply reply = api.register(" ".repeat(64 * 1024 + 1));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void keepsACallerToItsPrivilegesAndRealms() {
        try (RunningService own = RunningService.on(redis.url(), ClientFiles.option())) {
            assertThat(register(own, ClientFiles.CORP, "corp")).isEqualTo(201);
            assertThat(register(own, ClientFiles.CORP, "other")).isEqualTo(403);
            assertThat(register(own, ClientFiles.GATEWAY, "corp")).isEqualTo(403);
            assertThat(register(own, "nobody", "corp")).isEqualTo(401);
            assertThat(new Api(own).register("{}").header("WWW-Authenticate")).startsWith("Basic realm=");
        }
    }

    private static int register(RunningService service, String client, String realm) {
        return service.call("POST", "/v1/tokens")
                .basic(client, ClientFiles.SECRET)
                .json("{\"realm_name\":\"" + realm + "\",\"username\":\"u\",\"mint\":[\"access_token\"]}")
                .send()
                .status();
    }

    private void refuses(String body, String detail) {
        Reply reply = api.register(body);

        assertThat(reply)
                .hasToString("400 {\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\""
                        + detail + "\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    private Reply issuedAt(long seconds) {
        return api.register(HOLDER + "\"mint\":[\"access_token\"],\"issued_at\":" + seconds + "}");
    }

    private Reply named(String field, int length) {
        String text = "\"" + field + "\":\"" + "n".repeat(length) + "\",";
        String realm = field.equals("realm_name") ? "" : "\"realm_name\":\"r\",";
        String user = field.equals("username") ? "" : "\"username\":\"u\",";
        return api.register("{" + text + realm + user + "\"mint\":[\"access_token\"]}");
    }
}
