package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that name the stamp of a revocation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinStampTest {
    private static final String HEADER = "Revoker-Min-Stamp";
    private static final int ROUNDS = 30;

    private final String prefix = "--redis.prefix=" + Api.fresh("stamps");
    private RunningService revoking;
    private RunningService asked;
    private Api api;

    @BeforeAll
    void start() {
        revoking = RunningService.on(RedisServers.embedded().url(), prefix);
        asked = RunningService.on(RedisServers.embedded().url(), prefix);
        api = new Api(revoking);
    }

    @AfterAll
    void close() {
        revoking.close();
        asked.close();
    }

    /** Its sweep need not have come to the token: then only an instance that has read the mark knows. */
    @Test
    void areAnsweredByAViewThatHasIt() {
        for (int round = 0; round < ROUNDS; round++) {
            String realm = Api.fresh("realm");
            String token = api.access(realm, "joe");
            String stamp = revoking.call("DELETE", Api.PATH + "?wait_for_completion=false")
                    .json("{\"realm_name\":\"" + realm + "\"}")
                    .send()
                    .header("Revoker-Stamp");

            assertThat(check(token, stamp).status()).isEqualTo(401);
            assertThat(batch(token, stamp)
                            .json()
                            .path("checks")
                            .get(0)
                            .path("active")
                            .booleanValue())
                    .isFalse();
            assertThat(introspect(token, stamp).json().path("active").asText()).isEqualTo("false");
        }
    }

    @Test
    void areAnsweredAtOnceIfTheStampIsOld() {
        String token = api.access("corp", "old");

        assertThat(check(token, "1").status()).isEqualTo(200);
        assertThat(batch(token, "1").status()).isEqualTo(200);
        assertThat(introspect(token, "1").json().path("active").booleanValue()).isTrue();
    }

    @Test
    void areUndecidedIfTheStampIsTooNew() {
        String token = api.access("corp", "new");
        String stamp = Instant.now().plus(Duration.ofHours(1)).toEpochMilli() + "000";

        for (Reply reply : List.of(check(token, stamp), batch(token, stamp), introspect(token, stamp))) {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "1234567890123456789", "12 13"})
    void areRefusedIfItIsNone(String stamp) {
        String token = api.access("corp", "none");

        assertThat(check(token, stamp).status()).isEqualTo(403);
        assertThat(Stream.of(batch(token, stamp), introspect(token, stamp)).map(Reply::status))
                .containsOnly(400);
        assertThat(batch(token, stamp).body()).contains("Revoker-Min-Stamp: not a stamp (expected: 1 to 18 digits");
    }

    private Reply check(String token, String stamp) {
        return asked.call("GET", "/v1/check")
                .bearer(token)
                .header(HEADER, stamp)
                .send();
    }

    private Reply batch(String token, String stamp) {
        return asked.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + token + "\"]}")
                .header(HEADER, stamp)
                .send();
    }

    private Reply introspect(String token, String stamp) {
        return asked.call("POST", "/oauth2/introspect")
                .form("token=" + token)
                .header(HEADER, stamp)
                .send();
    }
}
