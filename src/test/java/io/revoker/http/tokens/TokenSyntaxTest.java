package io.revoker.http.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import java.net.URLEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longest token that is registered, of the characters that take the most room, gets into every request. */
class TokenSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "--http.max-header-size=2KiB, 1024",
        "--http.max-line-size=600, 236",
        "--http.max-body-size=900, 236",
        "--check.max-body-size=400, 136",
    })
    void canBeShownWhereverTokensAre(String limit, int longest) {
        try (RunningService service = RunningService.start(limit)) {
            Api api = new Api(service);
            String token = "\"".repeat(longest - 1);

            assertThat(register(api, token + "xy")).isEqualTo(400);
            for (String last : new String[] {"x", "y"}) {
                assertThat(register(api, token + last)).isEqualTo(201);
                assertThat(api.check(token + last)).isEqualTo(200);
                assertThat(check(service, token + last)).contains("\"active\":true");
                assertThat(introspect(service, token + last)).contains("\"active\":true");
            }
            assertThat(api.invalidateAccess(json(token + "x"))).isEqualTo("200 1,0,0");
            assertThat(revoke(service, token + "y")).contains("\"invalidated_tokens\":1");
        }
    }

    private static int register(Api api, String token) {
        return api.register("{\"realm_name\":\"r\",\"username\":\"u\",\"access_token\":\"" + json(token) + "\"}")
                .status();
    }

    private static String check(RunningService service, String token) {
        return service.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + json(token) + "\"]}")
                .send()
                .body();
    }

    private static String introspect(RunningService service, String token) {
        return service.call("POST", "/oauth2/introspect")
                .form("token=" + URLEncoder.encode(token, UTF_8))
                .send()
                .body();
    }

    private static String revoke(RunningService service, String token) {
        return service.call("POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"" + json(token) + "\"}\n")
                .send()
                .body();
    }

    private static String json(String token) {
        return token.replace("\"", "\\\"");
    }
}
