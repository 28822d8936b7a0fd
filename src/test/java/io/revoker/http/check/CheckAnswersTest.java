package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a gateway passes on, the answer to it is one that a gateway understands: with a good token 200, with another one 401. */
class CheckAnswersTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());
    private static final String TOKEN = new Api(SERVICE).access(Api.fresh("realm"), "joe");
    private static final String H2C = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";
    private static final String WEBSOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    private static final String HANDSHAKE =
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /** A request without its end: the lines before the Authorization header, and what follows the head. */
    private record Row(String line, String headers, String body) {
        static Row of(String line) {
            return new Row(line, "Host: localhost\r\n", "");
        }

        Row with(String more) {
            return new Row(line, headers + more, body);
        }

        Row saying(String text) {
            return new Row(line, headers, text);
        }

        String wire(String token) {
            return line + "\r\n" + headers + "Authorization: Bearer " + token + "\r\n\r\n" + body;
        }

        @Override
        public String toString() {
            return line + " " + headers.replace("\r\n", "; ");
        }
    }

    static Stream<Row> requests() {
        return Stream.of(methods(), targets(), upgrades(), bodies(), oddities()).flatMap(rows -> rows);
    }

    private static Stream<Row> methods() {
        return Stream.of(
                        "GET",
                        "POST",
                        "PUT",
                        "PATCH",
                        "DELETE",
                        "OPTIONS",
                        "TRACE",
                        "CONNECT",
                        "PROPFIND",
                        "QUERY",
                        "PRI",
                        "P",
                        "get",
                        "X-ODD!",
                        "M".repeat(200))
                .map(method -> Row.of(method + " /v1/check HTTP/1.1"));
    }

    private static Stream<Row> targets() {
        return Stream.of(
                        "/v1/check/",
                        "/v1/check?",
                        "/v1/check?x=%zz&%&=&token=%C0%80",
                        "/v1/check/%00%ff%",
                        "/v1/check/;x=1/*",
                        "/v1/check//",
                        "/v1/check/\\..\\",
                        "/v1/check/[]{}|^`\"<>",
                        "/v1/check/#x",
                        "/v1/check/../../health",
                        "/v1/check/" + "a/".repeat(7000),
                        "http://elsewhere.example/v1/check",
                        "http://elsewhere.example:99999/v1/check/a?b",
                        "https://user:secret@elsewhere.example/v1/check")
                .map(target -> Row.of("GET " + target + " HTTP/1.1"));
    }

    private static Stream<Row> upgrades() {
        Row get = Row.of("GET /v1/check HTTP/1.1");
        Row post = Row.of("POST /v1/check HTTP/1.1");
        return Stream.of(
                get.with(H2C + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
                get.with(H2C + "HTTP2-Settings: \r\n"),
                get.with(H2C + "HTTP2-Settings: !\r\n"),
                get.with(H2C),
                get.with("Upgrade: h2c\r\n"),
                get.with("Connection: upgrade\r\nUpgrade: websocket, H2C\r\n"),
                post.with(H2C + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 3\r\n")
                        .saying("abc"),
                get.with(WEBSOCKET + HANDSHAKE),
                get.with(WEBSOCKET + HANDSHAKE + "Sec-WebSocket-Extensions: permessage-deflate\r\n"),
                get.with(WEBSOCKET),
                get.with("Connection: Upgrade\r\nUpgrade: TLS/1.0, IRC/6.9\r\n"),
                get.with("Connection: Upgrade\r\n"));
    }

    private static Stream<Row> bodies() {
        Row post = Row.of("POST /v1/check HTTP/1.1");
        return Stream.of(
                post.with("Content-Length: 3\r\n").saying("abc"),
                post.with("Transfer-Encoding: chunked\r\n").saying("3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n"),
                post.with("Transfer-Encoding: gzip, chunked\r\n").saying("3\r\nabc\r\n0\r\n\r\n"),
                post.with("Content-Encoding: gzip\r\nContent-Length: 3\r\n").saying("abc"),
                post.with("Content-Encoding: x-odd\r\nContent-Length: 3\r\n").saying("abc"),
                post.with("Expect: 100-continue\r\nContent-Length: 3\r\n"),
                post.with("Expect: something\r\nContent-Length: 3\r\n").saying("abc"),
                post.with("Content-Type: multipart/form-data\r\nContent-Length: 3\r\n")
                        .saying("abc"),
                post.with("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n")
                        .saying("%zz"),
                post.with("Content-Length: 999999999999\r\n"));
    }

    private static Stream<Row> oddities() {
        Row get = Row.of("GET /v1/check HTTP/1.1");
        return Stream.of(
                new Row("GET /v1/check HTTP/1.0", "", ""),
                new Row("GET /v1/check HTTP/1.0", "Host: localhost\r\nConnection: keep-alive\r\n", ""),
                get.with("Connection: close\r\n"),
                get.with("Accept: application/nothing\r\nAccept-Encoding: gzip, br;q=0\r\n"),
                get.with("Cookie: a=b; =; \u00e4\r\nX-Odd: \u00ff\r\n"),
                get.with("If-None-Match: *\r\nRange: bytes=0-\r\nIf-Modified-Since: yesterday\r\n"),
                get.with("Origin: null\r\nAccess-Control-Request-Method: DELETE\r\n"),
                get.with("traceparent: 00-zz\r\ntracestate: ,\r\nbaggage: %\r\n"),
                get.with("X-Forwarded-For: 1, 2\r\nForwarded: for=_x\r\nTE: trailers\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void areThoseThatAGatewayUnderstands(Row row) {
        assertThat(status(row.wire(TOKEN))).isEqualTo(200);
        assertThat(status(row.wire("unknown"))).isEqualTo(401);
    }

    /** A proxy in front looks at the first request only, and hands on what comes after a 101 as it is. */
    @ParameterizedTest
    @MethodSource("upgrades")
    void switchToNoOtherProtocol(Row row) {
        for (int port : List.of(SERVICE.port(), SERVICE.service().managementPort())) {
            try (RawConnection connection = RawConnection.to(port)) {
                Row other = new Row(row.line().replace("/v1/check", "/nowhere"), row.headers(), row.body());
                Answer first = connection.send(other.wire(TOKEN)).readNext();

                assertThat(first.status()).isEqualTo(404);
                assertThat(first.headers()).doesNotContainKey("upgrade");
                assertThat(connection
                                .exchange("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .status())
                        .isEqualTo(404);
            }
        }
    }

    /** The bytes of a head may come one by one, and look like the beginning of HTTP/2. */
    @Test
    void areGivenToAHeadInPieces() {
        Map<String, Integer> statuses =
                Map.of("PRI * HTTP/1.1", 404, "PUT /v1/check HTTP/1.1", 200, "PRI /v1/check HTTP/1.1", 200);
        statuses.forEach((line, status) -> {
            try (RawConnection connection = RawConnection.to(SERVICE.port())) {
                String wire = Row.of(line).with(H2C).wire(TOKEN);
                wire.chars().forEach(each -> connection.send(Character.toString(each)));

                assertThat(connection.readNext().status()).as(line).isEqualTo(status);
            }
        });
    }

    private static int status(String request) {
        try (RawConnection connection = RawConnection.to(SERVICE.port())) {
            return connection.send(request).readNext().status();
        }
    }
}
