package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxAgeTest {
    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start() {
        service = RunningService.start("--check.max-age=7s", "--check.realm-max-age=corp=3s,a%2Cb=50s,partners=0s");
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other|private, max-age=7",
                "corp|private, max-age=3",
                "a,b|private, max-age=50",
                "partners|no-store"
            })
    void aGatewayMayKeepAnAnswerAsLongAsTheRealmSays(String realm, String cacheControl) {
        String token = api.access(realm, "joe");

        Reply reply = service.call("GET", "/v1/check").bearer(token).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo(cacheControl);
    }

    @Test
    void neverLongerThanItsTokenLives() {
        String token = api.access("a,b", "joe", "\"expires_in\":40");

        Reply reply = service.call("GET", "/v1/check").bearer(token).send();

        assertThat(Integer.parseInt(reply.header("Cache-Control").replace("private, max-age=", "")))
                .isBetween(1, 40);
    }

    @Test
    void nothingElseMayBeKept() {
        String token = api.access("corp", "joe");

        assertThat(service.call("GET", "/v1/check").bearer("unknown").send().header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(service.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .header("Cache-Control"))
                .isEqualTo("no-store");
    }
}
