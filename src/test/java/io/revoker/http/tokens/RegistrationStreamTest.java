package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryRedis
class RegistrationStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server redis;
    private final RunningService service;
    private final Api api;
    private final String realm;

    RegistrationStreamTest(Server redis) {
        this.redis = redis;
        service = RunningService.shared(redis);
        api = new Api(service);
        realm = Api.fresh("stream");
    }

    @Test
    void answersALineForEachInTheirOrder() {
        Reply reply =
                stream(service, IntStream.range(0, 2000).mapToObj(this::line).collect(Collectors.joining("\n")));

        List<JsonNode> results = results(reply);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(results)
                .extracting(result -> result.required("username").textValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, 2000).mapToObj(i -> "user" + i).toList());
        assertThat(results).allMatch(result -> result.required("status").intValue() == 201);
    }

    @Test
    void goesOnAfterABadLine() {
        String body = line(1) + "\n{\n" + line(2) + "\n{\"realm_name\":\"r\"}\n" + line(1) + "\n";

        List<JsonNode> results = results(stream(service, body));

        assertThat(results)
                .extracting(result -> result.required("status").intValue())
                .containsExactly(201, 400, 201, 400, 200);
        assertThat(results.get(1).required("detail").textValue()).isEqualTo("body: not JSON at line 1, column 2");
    }

    @Test
    void skipsBlankLinesAndReadsALastLineWithoutItsEnd() {
        assertThat(results(stream(service, "\n \r\n" + line(1) + "\r\n\n\t\n" + line(2))))
                .hasSize(2)
                .allMatch(result -> result.required("status").intValue() == 201);
        assertThat(results(stream(service, ""))).isEmpty();
        assertThat(results(stream(service, "\n\n"))).isEmpty();
    }

    @Test
    void readsLinesThatComeInPieces() {
        byte[] bytes = (line(1) + "\n" + line(2)).getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = RawConnection.to(service.port())) {
            connection.send(head("Transfer-Encoding: chunked\r\nConnection: close\r\n"));
            for (byte b : bytes) {
                connection.send("1\r\n" + (char) b + "\r\n");
            }
            connection.send("0\r\n\r\n");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 200 ").contains("\"user1\"", "\"user2\"");
        }
    }

    @Test
    void mintsForEachLine() {
        String line = "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"mint\":[\"access_token\"]}\n";

        List<String> tokens = results(stream(service, line.repeat(3))).stream()
                .map(result -> result.required("access_token").textValue())
                .toList();

        assertThat(tokens).doesNotHaveDuplicates().allMatch(token -> api.check(token) == 200);
    }

    @Test
    void endsAtALineThatIsTooLong() {
        String tooLong = line(2).replace("{", "{" + " ".repeat(16 * 1024));

        List<JsonNode> results = results(stream(service, line(1) + "\n" + tooLong + "\n" + line(3) + "\n"));

        assertThat(results)
                .extracting(result -> result.required("status").intValue())
                .containsExactly(201, 413);
        assertThat(api.check(realm + "-3")).isEqualTo(401);
    }

    @Test
    void tellsTheSumsAtTheEnd() {
        String other = line(1).replace("user1", "user2");
        String body = String.join("\n", line(1), line(2), line(1), other, "{", "", "[]");
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            StreamAnswer answer = StreamAnswer.of(stream(service, body).body());

            assertThat(answer.summary())
                    .isEqualTo(
                            "{\"summary\":{\"complete\":true,\"lines\":6,\"created\":2,\"unchanged\":1,\"conflicts\":1,"
                                    + "\"invalid\":2,\"forbidden\":0,\"failed\":0}}");
            Waiting.until("logged", () -> log.lines().toString().contains("registrations caller"));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("caller="))
                    .singleElement()
                    .asString()
                    .endsWith("registrations caller=anonymous lines=6 created=2 unchanged=1 conflicts=1 invalid=2"
                            + " forbidden=0 failed=0");
        }
    }

    @Test
    void saysAtTheEndThatItWasCutOff() {
        String tooLong = "{" + " ".repeat(17_000) + "}";

        assertThat(StreamAnswer.of(stream(service, line(1) + "\n" + tooLong + "\n" + line(2))
                                .body())
                        .summary())
                .startsWith(
                        "{\"summary\":{\"complete\":false,\"reason\":\"line: longer than 16KiB (http.max-line-size)\",\"lines\":2,\"created\":1,"
                                + "\"unchanged\":0,\"conflicts\":0,\"invalid\":1,\"forbidden\":0,\"failed\":0}}");
    }

    /** The client gets no last line then: a client that lost the connection must not find one. */
    @Test
    void logsWhatWasDoneForAClientThatLeft() {
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            try (RawConnection connection = RawConnection.to(service.port())) {
                String line = line(1) + "\n";
                connection.send(head("Transfer-Encoding: chunked\r\n") + Integer.toHexString(line.length()) + "\r\n"
                        + line + "\r\n");
                Waiting.until("registered", () -> api.check(realm + "-1") == 200);
            }
            Waiting.until("logged", () -> log.lines().toString().contains("registrations caller"));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("caller="))
                    .singleElement()
                    .asString()
                    .contains(" lines=1 created=1 ")
                    .endsWith("failure=client: disconnected before the end");
        }
    }

    /** The rest of the body is read over, so that the connection is good for the next request. */
    @Test
    void leavesTheConnectionUsableAfterARefusal() {
        try (RunningService own = RunningService.on(redis.url(), ClientFiles.option(), "--http.max-line-size=64")) {
            String body = (line(1) + "\n").repeat(5000);
            for (String client : List.of("nobody", ClientFiles.ISSUER)) {
                try (RawConnection connection = RawConnection.to(own.port())) {
                    connection.send(head("Authorization: Basic " + Call.base64(client + ':' + ClientFiles.SECRET)
                            + "\r\nContent-Length: " + body.length() + "\r\n"));
                    connection.send(body + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

                    assertThat(connection.readToEnd()).contains("You Know, for Search");
                }
            }
        }
    }

    @Test
    void refusesLinesOutsideOfTheCallersRealms() {
        try (RunningService own = RunningService.on(redis.url(), ClientFiles.option())) {
            String good = line(1).replace(realm + "\",\"u", "corp\",\"u");
            Reply reply = own.call("POST", "/v1/tokens")
                    .basic(ClientFiles.CORP, ClientFiles.SECRET)
                    .header("Content-Type", "application/x-ndjson")
                    .body(good + "\n" + line(2))
                    .send();

            assertThat(results(reply))
                    .extracting(result -> result.required("status").intValue())
                    .containsExactly(201, 403);
        }
    }

    private String line(int i) {
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"user" + i + "\",\"access_token\":\"" + realm + "-" + i
                + "\"}";
    }

    private static String head(String headers) {
        return "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n" + headers
                + "\r\n";
    }

    private static Reply stream(RunningService service, String body) {
        return service.call("POST", "/v1/tokens")
                .header("Content-Type", "application/x-ndjson")
                .body(body)
                .chunked()
                .send();
    }

    private static List<JsonNode> results(Reply reply) {
        return StreamAnswer.of(reply.body()).results().stream()
                .map(RegistrationStreamTest::parse)
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
