package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A revocation that waits for the followers. */
class ReceiptTest {
    private static final String DOCUMENTS = "/v1/revocations";

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Api.fresh("receipts");
    private RunningService service = start();

    private RunningService start(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--redis.prefix=" + prefix);
        return RunningService.on(redis.url(), all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE " + Api.PATH, "POST " + DOCUMENTS, "POST " + Api.PATH + "/_invalidate"})
    void isGivenOnceAllFollowersHaveConfirmed(String route) {
        confirm("one", "1", "");
        confirm("two", "1", "");
        CompletableFuture<Reply> waiting = call(route, "timeout=25s").sendAsync();
        Waiting.until("revoked", () -> !newest().equals("0"));
        confirm("one", newest(), "");
        assertThat(waiting).isNotDone();

        confirm("two", newest(), "");

        Reply done = waiting.join();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("error_count").asInt(-1)).isZero();
        JsonNode receipt = done.json().path("receipt");
        assertThat(receipt.path("state").asText()).isEqualTo("CLOSED");
        assertThat(receipt.path("stamp").asText()).isEqualTo(done.header("Revoker-Stamp"));
        assertThat(receipt.path("registered").asInt()).isEqualTo(2);
        assertThat(receipt.path("confirmed").asInt()).isEqualTo(2);
        assertThat(receipt.at("/followers/0/state").asText()).isEqualTo("CLOSED");
        assertThat(receipt.at("/followers/0/lag_ms").asLong())
                .isEqualTo(receipt.path("max_lag_ms").asLong())
                .isPositive();
        assertThat(receipt.at("/followers/1/lag_ms").asLong()).isNotNegative();
    }

    @Test
    void namesThoseThatHaveNotConfirmedInTime() {
        confirm("good", "1", "");
        confirm("slow", "1", "");
        confirm("gone", "1", "");
        CompletableFuture<Reply> waiting =
                call("DELETE " + Api.PATH, "timeout=4s").sendAsync();
        Waiting.until("revoked", () -> !newest().equals("0"));
        confirm("good", newest(), "");
        while (!waiting.isDone()) {
            confirm("slow", "1", "");
        }

        Reply done = waiting.join();

        assertThat(done.status()).isEqualTo(202);
        assertThat(done.json().path("invalidated_tokens").asInt(-1)).isZero();
        JsonNode receipt = done.json().path("receipt");
        assertThat(receipt.path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(states(receipt)).containsExactlyInAnyOrder("good CLOSED", "slow PARTIAL", "gone UNKNOWN");
        assertThat(receipt.at("/followers/2/name").asText()).isEqualTo("good");
        assertThat(receipt.path("registered").asInt()).isEqualTo(3);
        assertThat(receipt.path("confirmed").asInt()).isEqualTo(1);
        assertThat(receipt.path("max_lag_ms").asLong()).isGreaterThanOrEqualTo(3000);
    }

    /** It has confirmed nothing, but decides nothing any more either. */
    @Test
    void isClosedByABoundThatHasPassed() {
        confirm("bound", "1", ",\"bound\":\"1s\"");

        Reply done = call("POST " + DOCUMENTS, "timeout=25s").send();

        assertThat(done.status()).isEqualTo(200);
        JsonNode receipt = done.json().path("receipt");
        assertThat(receipt.path("state").asText()).isEqualTo("CLOSED");
        assertThat(receipt.path("confirmed").asInt(-1)).isZero();
        assertThat(receipt.path("max_lag_ms").asLong()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void isClosedIfThereAreNoFollowers() {
        Reply done = call("DELETE " + Api.PATH, "").send();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("receipt").path("state").asText()).isEqualTo("CLOSED");
        assertThat(done.json().path("receipt").path("registered").asInt(-1)).isZero();
    }

    @Test
    void doesNotWaitForAFollowerThatIsRemoved() {
        confirm("one", "1", "");
        CompletableFuture<Reply> waiting =
                call("POST " + DOCUMENTS, "timeout=25s").sendAsync();
        Waiting.until("revoked", () -> !newest().equals("0"));

        service.call("DELETE", "/v1/followers/one").send();

        assertThat(waiting.join().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE " + Api.PATH, "POST " + DOCUMENTS})
    void isNotInTheAnswerUnlessItIsAskedFor(String route) {
        String[] words = route.split(" ", 2);
        Reply done = service.call(words[0], words[1]).json(body(words[1])).send();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().has("receipt")).isFalse();
    }

    @Test
    void isNotGivenIfNothingWasRevoked() {
        confirm("one", "1", "");
        Reply unknown = service.call("DELETE", Api.PATH + "?wait_for=followers")
                .json("{\"token\":\"never-registered\"}")
                .send();
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().has("receipt")).isFalse();
        Reply counted = service.call("POST", DOCUMENTS + "?wait_for=followers")
                .json("{\"target\":{\"username\":\"joe\"},\"dry_run\":true}")
                .send();
        assertThat(counted.status()).isEqualTo(200);
        assertThat(counted.json().has("receipt")).isFalse();
    }

    @Test
    void comesWithARevocationThatDoesNotWaitForItsSweep() {
        Reply done = call("DELETE " + Api.PATH, "wait_for_completion=false").send();
        assertThat(done.status()).isEqualTo(202);
        assertThat(done.json().path("sweep").asText()).isEqualTo(done.header("Revoker-Stamp"));
        assertThat(done.json().path("receipt").path("state").asText()).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait_for=all | wait_for: unknown (expected: followers)",
                "timeout=1s | timeout: without wait_for (expected: wait_for=followers)",
                "wait_for=followers&timeout=1 | timeout: not a time (expected: such as 500ms, 10s or 5m, up to 24 hours)"
            })
    void isAskedForInACertainForm(String query, String message) {
        Reply document = service.call("POST", DOCUMENTS + '?' + query)
                .json(body(DOCUMENTS))
                .send();
        Reply elastic =
                service.call("DELETE", Api.PATH + '?' + query).json(body("")).send();
        assertThat(document.status()).isEqualTo(400);
        assertThat(document.json().path("detail").asText()).isEqualTo(message);
        assertThat(elastic.status()).isEqualTo(400);
        assertThat(elastic.json().at("/error/reason").asText()).isEqualTo(message);
        assertThat(newest()).isEqualTo("0");
    }

    /** The revocation is not done again; what is known of it now may be more than before. */
    @Test
    void isLookedForAnewIfARequestIsRepeated() {
        confirm("one", "1", "");
        Reply first = keyed("timeout=100ms");
        assertThat(first.status()).isEqualTo(202);
        String stamp = newest();
        confirm("one", stamp, "");

        try (RunningService other = start()) {
            Reply second = keyed(other, "timeout=25s");
            assertThat(second.status()).isEqualTo(200);
            assertThat(second.json().path("receipt").path("stamp").asText()).isEqualTo(stamp);
            assertThat(second.json().path("receipt").path("state").asText()).isEqualTo("CLOSED");
        }
        assertThat(newest()).isEqualTo(stamp);
        Reply without = service.call("POST", DOCUMENTS)
                .header("Idempotency-Key", "\"key\"")
                .json(body(DOCUMENTS))
                .send();
        assertThat(without.status()).isEqualTo(200);
        assertThat(without.json().has("receipt")).isFalse();
    }

    /** Those that wait are let go, and what they have waited for was done. */
    @Test
    void isNotWaitedForWhenTheServiceEnds() {
        confirm("one", "1", "");
        CompletableFuture<Reply> waiting =
                call("DELETE " + Api.PATH, "timeout=25s").sendAsync();
        Waiting.until("revoked", () -> !newest().equals("0"));

        service.close();

        assertThat(waiting.join().status()).isEqualTo(202);
        service = start();
    }

    @Test
    void isNotWaitedForWhenTheClientHasGone() {
        confirm("one", "1", "");
        List<RawConnection> clients = IntStream.range(0, 5)
                .mapToObj(i -> {
                    RawConnection client = service.connect();
                    String body = body("");
                    client.send("DELETE " + Api.PATH + "?wait_for=followers&timeout=25s HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                    return client;
                })
                .toList();
        Waiting.until("all wait", () -> service.inFlight() == 5 && waiting(service) == 5);

        clients.forEach(RawConnection::close);

        Waiting.until("none waits", () -> waiting(service) == 0);
    }

    @Test
    void isGivenOverTheEventBus() {
        confirm("one", "1", "");
        call("DELETE " + Api.PATH, "timeout=1ms").send();
        RevokerBus bus = new RevokerBus(service.vertx(), Duration.ofSeconds(30));
        Stamp stamp = Stamp.parse(newest()).orElseThrow();

        Receipt open = Waiting.get(bus.receipt(new AwaitReceipt(stamp, RealmScope.ALL, Duration.ofMillis(100))));
        Future<Receipt> waiting = bus.receipt(new AwaitReceipt(stamp, RealmScope.ALL, Duration.ofSeconds(25)));
        confirm("one", newest(), "");

        assertThat(open.state()).isEqualTo(State.UNKNOWN);
        assertThat(open.followers()).hasSize(1);
        assertThat(Waiting.get(waiting).state()).isEqualTo(State.CLOSED);
    }

    private static double waiting(RunningService service) {
        String page = Call.of("GET", service.managementUri("/metrics")).send().body();
        return page.lines()
                .filter(line -> line.startsWith("revoker_receipts_waiting "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    private Reply keyed(String query) {
        return keyed(service, query);
    }

    private static Reply keyed(RunningService service, String query) {
        return service.call("POST", DOCUMENTS + "?wait_for=followers&" + query)
                .header("Idempotency-Key", "\"key\"")
                .json(body(DOCUMENTS))
                .send();
    }

    private static List<String> states(JsonNode receipt) {
        List<String> states = new ArrayList<>();
        receipt.path("followers")
                .forEach(one -> states.add(
                        one.path("name").asText() + ' ' + one.path("state").asText()));
        return states;
    }

    private Call call(String route, String query) {
        String[] words = route.split(" ", 2);
        return service.call(words[0], words[1] + "?wait_for=followers" + (query.isEmpty() ? "" : "&" + query))
                .json(body(words[1]));
    }

    private static String body(String path) {
        return path.equals(DOCUMENTS) ? "{\"target\":{\"username\":\"joe\"}}" : "{\"username\":\"joe\"}";
    }

    private void confirm(String name, String stamp, String more) {
        Reply told = service.call("PUT", "/v1/followers/" + name)
                .json("{\"confirmed\":\"" + stamp + '"' + more + '}')
                .send();
        assertThat(told.status()).as(told.body()).isEqualTo(200);
    }

    private String newest() {
        return service.call("GET", "/v1/followers").send().json().path("stamp").asText();
    }
}
