package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that come while Redis is away for a moment. */
class StreamOutageTest {
    private static final int LINES = 700;

    private final String realm = Api.fresh("outage");
    private final Vertx vertx = Vertx.vertx();
    private final URI redis = URI.create(RedisServers.embedded().url());
    private final Cable cable = Cable.to(vertx, redis.getPort());
    private final RunningService service = RunningService.on(
            redis.toString().replace(":" + redis.getPort(), ":" + cable.uri().getPort()), "--runtime.instances=1");
    private final Api api = new Api(service);

    @AfterEach
    void close() {
        cable.mend();
        service.close();
        get(vertx.close());
    }

    @Test
    void areRegisteredWhenItIsBack() {
        away();

        CompletableFuture<Reply> answer = send(
                "/v1/tokens",
                "{\"realm_name\":\"" + realm + "\",\"username\":\"u\",\"access_token\":\"" + realm + "-%d\"}");
        staysAwayForAWhile();
        cable.mend();

        StreamAnswer lines = StreamAnswer.of(answer.join().body());
        assertThat(lines.summary()).contains("\"complete\":true", "\"created\":" + LINES, "\"failed\":0");
        assertThat(api.check(realm + "-0")).isEqualTo(200);
    }

    @Test
    void areRevokedWhenItIsBackAndCountedOnce() {
        List<String> tokens = IntStream.range(0, LINES)
                .mapToObj(i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"u\",\"access_token\":\"" + realm + "-"
                        + i + "\"}")
                .toList();
        assertThat(service.call("POST", "/v1/tokens")
                        .header("Content-Type", "application/x-ndjson")
                        .body(String.join("\n", tokens))
                        .send()
                        .body())
                .contains("\"created\":" + LINES);
        away();

        CompletableFuture<Reply> answer = send("/v1/revocations", "{\"token\":\"" + realm + "-%d\"}");
        staysAwayForAWhile();
        cable.mend();

        StreamAnswer lines = StreamAnswer.of(answer.join().body());
        assertThat(lines.summary())
                .contains(
                        "\"complete\":true",
                        "\"invalidated\":" + LINES,
                        "\"previously_invalidated\":0",
                        "\"failed\":0");
    }

    private CompletableFuture<Reply> send(String path, String line) {
        return service.call("POST", path)
                .header("Content-Type", "application/x-ndjson")
                .body(IntStream.range(0, LINES).mapToObj(i -> line.formatted(i)).collect(Collectors.joining("\n")))
                .sendAsync();
    }

    /** All connections have noticed it. */
    private void away() {
        cable.cut();
        until("away", this::isRefused);
    }

    /** Lines that did not wait would have been answered by then. */
    private void staysAwayForAWhile() {
        until("the stream has begun", () -> service.inFlight() >= 1);
        assertThat(List.of(isRefused(), isRefused(), isRefused())).containsOnly(true);
    }

    private boolean isRefused() {
        Reply registered =
                api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"eve\",\"mint\":[\"access_token\"]}");
        Reply revoked = api.invalidate("{\"token\":\"unknown\"}");
        return registered.body().contains("Redis: not connected") && revoked.status() == 503;
    }
}
