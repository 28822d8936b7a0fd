package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OAuth lets into the name of a client and into a scope (RFC 6749, appendixes A.1 and A.4), whichever way it comes. */
class ScopeAndClientTest {
    private static final String CLIENT =
            "client_id: a character that it can't have (expected: visible ASCII and blanks)";
    private static final String SCOPE =
            "scope: not a list of words (expected: visible ASCII without \" and \\," + " one blank between two words)";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\r\\nX-Auth-Realm: root",
                "\\u0000",
                "\\u007f",
                "a\\tb",
                "J\u00fcrgen",
                "\u00a0",
                "\ud83d\ude00"
            })
    void clientsAreOfVisibleAscii(String client) {
        assertThatRefused("\"client_id\":\"" + client + "\"", CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read\\nwrite",
                "read\\twrite",
                "read\\u0000",
                "\\u007f",
                "read  write",
                " read",
                "read ",
                " ",
                "re\\\"ad",
                "re\\\\ad",
                "l\u00e9s",
                "read\u00a0write",
            })
    void scopesAreListsOfWords(String scope) {
        assertThatRefused("\"scope\":\"" + scope + "\"", SCOPE);
    }

    @Test
    void anythingElseOfVisibleAsciiIsTold() {
        String token = Api.fresh("token");
        String client = "https://app.example/?a=b&c=\\\"d\\\\ e~!";
        String scope = "api://x/.default !#$%&'()*+,-./:;<=>?@[]^_`{|}~ openid";

        Reply reply = api.register(document(token, "\"client_id\":\"" + client + "\",\"scope\":\"" + scope + "\""));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(service.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .toString())
                .contains("\"client_id\":\"" + client + "\"", "\"scope\":\"" + scope + "\"");
    }

    private void assertThatRefused(String member, String reason) {
        String token = Api.fresh("token");
        String jwt = Jwts.of(member);
        for (String document : new String[] {document(token, member), document(jwt, "")}) {
            Reply alone = api.register(document);
            Reply streamed = service.call("POST", "/v1/tokens")
                    .header("Content-Type", "application/x-ndjson")
                    .body(document)
                    .send();

            assertThat(alone.status()).as(alone.toString()).isEqualTo(400);
            assertThat(alone.json().required("detail").textValue()).isEqualTo(reason);
            assertThat(streamed.body()).startsWith("{\"status\":400,").contains(reason.substring(0, 25));
        }
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.check(jwt)).isEqualTo(401);
    }

    private static String document(String token, String member) {
        return "{\"realm_name\":\"oauth\",\"username\":\"joe\",\"access_token\":\"" + token + "\""
                + (member.isEmpty() ? "" : "," + member) + "}";
    }
}
