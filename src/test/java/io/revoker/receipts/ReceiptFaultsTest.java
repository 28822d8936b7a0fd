package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receipts while followers stand still, Redis is gone, or many wait. */
class ReceiptFaultsTest {
    private static final String DOCUMENTS = "/v1/revocations?wait_for=followers";

    /** Applies, so to say, everything there is, and confirms it. */
    private static final String FOLLOWER = """
            while :; do
              stamp=$(curl -s "$0/v1/followers" | sed 's/.*"stamp":"\\([0-9]*\\)".*/\\1/')
              curl -s -o /dev/null -X PUT "$0/v1/followers/loop" -H 'Content-Type: application/json' \\
                -d "{\\"confirmed\\":\\"$stamp\\"$1}"
            done
            """;

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RunningService service =
            RunningService.on(redis.url(), "--redis.prefix=" + Api.fresh("receipts"), "--log.retention=1d");

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    /** A stopped process is not gone: its connections stay. */
    @Test
    void tellsOfAFollowerThatStandsStill() throws IOException {
        Process follower = follow("");
        try {
            Waiting.until("follows", () -> !followers().equals("[]"));
            assertThat(revoke("first", "25s").status()).isEqualTo(200);

            Processes.signal("STOP", follower.toHandle());
            Reply standing = revoke("second", "1s");

            assertThat(standing.status()).isEqualTo(202);
            assertThat(standing.json().at("/receipt/followers/0/name").asText()).isEqualTo("loop");
            assertThat(standing.json().at("/receipt/state").asText()).isIn("UNKNOWN", "PARTIAL");
            assertThat(standing.json().at("/receipt/max_lag_ms").asLong()).isPositive();

            Processes.signal("CONT", follower.toHandle());
            Reply again = revoke("second", "25s");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().at("/receipt/stamp").asText())
                    .isEqualTo(standing.json().at("/receipt/stamp").asText());
            assertThat(again.json().at("/receipt/state").asText()).isEqualTo("CLOSED");
        } finally {
            end(follower);
        }
    }

    /** It has promised not to decide any more. */
    @Test
    void closesAFollowerThatStandsStillByItsBound() throws IOException {
        Process follower = follow(",\"bound\":\"1s\"");
        try {
            Waiting.until("follows", () -> !followers().equals("[]"));
            Processes.signal("STOP", follower.toHandle());

            Reply closed = revoke("joe", "25s");

            assertThat(closed.status()).isEqualTo(200);
            assertThat(closed.json().at("/receipt/state").asText()).isEqualTo("CLOSED");
            assertThat(closed.json().at("/receipt/confirmed").asInt(-1)).isZero();
            assertThat(closed.json().at("/receipt/max_lag_ms").asLong()).isGreaterThanOrEqualTo(1000);
        } finally {
            end(follower);
        }
    }

    /** @param more members of what it confirms */
    private Process follow(String more) throws IOException {
        return new ProcessBuilder("bash", "-c", FOLLOWER, service.uri("").toString(), more)
                .redirectOutput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
    }

    private static void end(Process follower) {
        Processes.signal("CONT", follower.toHandle());
        follower.destroyForcibly();
        Processes.awaitEnd(follower);
    }

    @Test
    void tellsWhatWasKnownLastIfRedisIsGone() {
        confirm("one");
        CompletableFuture<Reply> waiting = call("joe", "5s").sendAsync();
        Waiting.until(
                "revoked",
                () -> Scrape.of(service).counted("revoker_revocations_total").containsValue(1.0));

        redis.kill();

        Reply done = waiting.join();
        assertThat(done.status()).isEqualTo(202);
        assertThat(done.json().path("invalidated_tokens").asInt(-1)).isZero();
        assertThat(done.json().at("/receipt/state").asText()).isEqualTo("UNKNOWN");
        redis.start();
        Waiting.until(
                "answers", () -> service.call("GET", "/v1/followers").send().status() == 200);
    }

    /** Each by itself would ask a hundred times a second. */
    @Test
    void looksOnceForAllThatWait() {
        confirm("one");
        try (RedisClient client = redis.client()) {
            List<CompletableFuture<Reply>> waiting = IntStream.range(0, 40)
                    .mapToObj(i -> call("user-" + i, "3s").sendAsync())
                    .toList();
            Waiting.until("all wait", () -> service.inFlight() == 40 && newest().length() > 1);
            client.call("CONFIG", "RESETSTAT");

            waiting.forEach(CompletableFuture::join);

            assertThat(client.calls("evalsha")).isBetween(3L, 2000L);
        }
    }

    private Reply revoke(String key, String timeout) {
        return call(key, timeout).send();
    }

    private Call call(String user, String timeout) {
        return service.call("POST", DOCUMENTS + "&timeout=" + timeout)
                .header("Idempotency-Key", '"' + user + '"')
                .json("{\"target\":{\"username\":\"" + user + "\"}}");
    }

    private void confirm(String name) {
        assertThat(service.call("PUT", "/v1/followers/" + name)
                        .json("{\"confirmed\":\"1\"}")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private String followers() {
        return service.call("GET", "/v1/followers")
                .send()
                .json()
                .path("followers")
                .toString();
    }

    private String newest() {
        return service.call("GET", "/v1/followers").send().json().path("stamp").asText();
    }
}
