package io.revoker.http.server;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 6.6.1. */
class DateTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());
    private static final String FORM =
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT";

    @ParameterizedTest
    @CsvSource({
        "200, GET / HTTP/1.1",
        "200, GET /openapi.yaml HTTP/1.0",
        "401, GET /v1/check HTTP/1.1",
        "404, GET /nowhere HTTP/1.1",
        "405, PUT /v1/tokens HTTP/1.1",
        "415, POST /v1/tokens HTTP/1.1",
        "400, NONSENSE",
    })
    void isInEveryAnswer(int status, String line) {
        for (int port : List.of(SERVICE.port(), SERVICE.service().managementPort())) {
            try (RawConnection connection = RawConnection.to(port)) {
                var answer = connection.exchange(line + "\r\nHost: localhost\r\n\r\n");

                if (port == SERVICE.port()) {
                    assertThat(answer.status()).isEqualTo(status);
                }
                assertThat(answer.headers().get("date")).matches(FORM);
            }
        }
    }

    @Test
    void isInRefusalsOfTheHeadToo() {
        for (String request : List.of(
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(70_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: local%\r\n\r\n")) {
            try (RawConnection connection = RawConnection.to(SERVICE.port())) {
                var answer = connection.exchange(request);

                assertThat(answer.status()).isBetween(400, 431);
                assertThat(answer.headers().get("date")).matches(FORM);
            }
        }
    }

    @Test
    void isTheTimeOfTheAnswerOverHttp2() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            for (String path : List.of("/v1/check", "/openapi.yaml", "/nowhere")) {
                String date = get(client.request(HttpMethod.GET, SERVICE.port(), "127.0.0.1", path)
                        .compose(request -> request.send())
                        .compose(response -> response.end().map(end -> response.getHeader("date"))));

                assertThat(date).matches(FORM);
                assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant())
                        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
            }
        } finally {
            get(vertx.close());
        }
    }
}
