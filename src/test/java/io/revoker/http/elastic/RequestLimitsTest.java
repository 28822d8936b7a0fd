package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryRedis
class RequestLimitsTest {
    private static final int LIMIT = 64 * 1024;
    private static final String TOO_LARGE =
            "413 {\"error\":\"body: longer than 64KiB (http.max-body-size)\",\"status\":413}";

    private final RunningService service;

    RequestLimitsTest(Server redis) {
        service = RunningService.shared(redis);
    }

    @Test
    void refusesABodyOverTheLimit() {
        Reply declared = service.call("DELETE", Api.PATH).json(body(LIMIT + 1)).send();
        Reply chunked =
                service.call("DELETE", Api.PATH).json(body(LIMIT + 1)).chunked().send();

        assertThat(declared).hasToString(TOO_LARGE);
        assertThat(chunked).hasToString(TOO_LARGE);
        assertThat(declared.header("X-elastic-product")).isEqualTo("Elasticsearch");
        assertThat(chunked.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    @Test
    void readsABodyOfJustTheLimit() {
        assertThat(service.call("DELETE", Api.PATH).json(body(LIMIT)).send().status())
                .isEqualTo(404);
    }

    /** What a form parser makes of the body is not asked: the type alone decides. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "application/xml"
            })
    void refusesOtherTypesWhateverTheBody(String type) {
        assertThat(service.call("DELETE", Api.PATH)
                        .header("Content-Type", type)
                        .body("%zz=%" + "&a".repeat(100))
                        .send())
                .hasToString("406 {\"error\":\"Content-Type header [" + type + "] is not supported\",\"status\":406}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?pretty=%zz", "?%", "?token=%ff%2"})
    void refusesAQueryThatIsNotPercentEncoded(String query) {
        try (RawConnection connection = RawConnection.to(service.port())) {
            RawConnection.Answer answer = connection.exchange(head(query, "Content-Length: 2") + "{}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers()).containsEntry("x-elastic-product", "Elasticsearch");
            assertThat(answer.body())
                    .contains("\"type\":\"bad_parameter_exception\"")
                    .endsWith("\"status\":400}");
        }
    }

    @Test
    void asksOnceForTheBodyOfACallerThatWaitsForIt() {
        try (RawConnection connection = RawConnection.to(service.port())) {
            connection.send(head("", "Expect: 100-continue\r\nContent-Length: 2"));

            assertThat(connection.readNext().status()).isEqualTo(100);
            assertThat(connection.send("{}").readNext().status()).isEqualTo(400);
        }
    }

    @Test
    void doesNotAskForABodyThatItWillRefuse() {
        try (RawConnection connection = RawConnection.to(service.port())) {
            connection.send(head("", "Expect: 100-continue\r\nContent-Length: " + (LIMIT + 1)));

            assertThat(connection.readNext().status()).isEqualTo(413);
        }
    }

    private static String head(String query, String headers) {
        return "DELETE " + Api.PATH + query + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headers + "\r\n\r\n";
    }

    private static String body(int length) {
        String frame = "{\"token\":\"\"}";
        return "{\"token\":\"" + "a".repeat(length - frame.length()) + "\"}";
    }
}
