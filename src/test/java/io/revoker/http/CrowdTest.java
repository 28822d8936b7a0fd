package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bulk work far beyond the limit of commands in flight to Redis, which is small here. The bulk work waits, and no other
 * request is refused because of it.
 */
class CrowdTest {
    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start() {
        service = RunningService.start("--redis.max-in-flight=64");
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answersSingleRequestsBesideBatchesOfChecks() {
        String tokens =
                IntStream.range(0, 1000).mapToObj(i -> "\"none-" + i + '"').collect(Collectors.joining(","));
        List<CompletableFuture<Reply>> batches = Stream.generate(() -> service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[" + tokens + "]}")
                        .sendAsync())
                .limit(20)
                .toList();

        assertSingleRequestsAreAnswered(batches);
        assertThat(batches)
                .allSatisfy(
                        batch -> assertThat(batch.join().json().path("checks")).hasSize(1000));
    }

    @Test
    void answersSingleRequestsBesideStreamsThatWait() {
        String realm = Api.fresh("crowd");
        List<CompletableFuture<Reply>> registrations = IntStream.range(0, 6)
                .mapToObj(stream -> stream("/v1/tokens", i -> registration(realm, stream * 1000 + i)))
                .toList();

        assertSingleRequestsAreAnswered(registrations);
        assertNothingFailed(registrations, "\"created\":1000,");

        List<CompletableFuture<Reply>> revocations = IntStream.range(0, 6)
                .mapToObj(stream ->
                        stream("/v1/revocations", i -> "{\"token\":\"" + realm + '-' + (stream * 1000 + i) + "\"}"))
                .toList();

        assertSingleRequestsAreAnswered(revocations);
        assertNothingFailed(revocations, "\"invalidated\":1000,");
    }

    private static void assertSingleRequestsAreAnswered(List<CompletableFuture<Reply>> beside) {
        String token = api.access(Api.fresh("single"), "joe");
        int rounds = 0;
        do {
            assertThat(api.check(token)).isEqualTo(200);
            assertThat(api.invalidateUser("nobody-" + rounds)).isEqualTo("200 0,0,0");
            rounds++;
        } while (rounds < 20 || (rounds < 100 && beside.stream().anyMatch(one -> !one.isDone())));
        assertThat(api.invalidateUser("joe")).startsWith("200 ");
        assertThat(api.check(token)).isEqualTo(401);
    }

    private static void assertNothingFailed(List<CompletableFuture<Reply>> streams, String sum) {
        assertThat(streams).allSatisfy(stream -> {
            StreamAnswer answer = StreamAnswer.of(stream.join().body());
            assertThat(answer.summary()).contains("\"complete\":true,\"lines\":1000,", sum, "\"failed\":0");
            assertThat(answer.results()).hasSize(1000);
        });
    }

    private static CompletableFuture<Reply> stream(String path, IntFunction<String> line) {
        return service.call("POST", path)
                .header("Content-Type", "application/x-ndjson")
                .body(IntStream.range(0, 1000).mapToObj(line).collect(Collectors.joining("\n")))
                .sendAsync();
    }

    private static String registration(String realm, int i) {
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"u" + i % 50 + "\",\"access_token\":\"" + realm + '-'
                + i + "\"}";
    }
}
