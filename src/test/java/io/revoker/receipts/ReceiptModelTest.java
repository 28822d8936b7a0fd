package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Followers that confirm now and then, in any order, with and without a bound, over instances that come and go: none is
 * ever called closed that has neither confirmed the revocation nor run out, and none is missing.
 */
class ReceiptModelTest {
    private static final int STEPS = 300;
    private static final int MOST_WAITING = 12;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    /** The bound of each, in milliseconds; 0 for none. */
    private static final Map<String, Long> BOUNDS = Map.of("a", 0L, "b", 0L, "c", 100L, "d", 400L, "e", 0L);

    /** What each has sent, at the latest when an answer comes. */
    private final Map<String, Long> sent = new HashMap<>();

    private final List<Long> stamps = new ArrayList<>(List.of(1L));
    private final List<CompletableFuture<Reply>> waiting = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();

    @Test
    void neverSaysClosedOfAFollowerThatIsOpen() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String prefix = "--redis.prefix=" + Api.fresh("model");
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory())) {
            RunningService[] services = {RunningService.on(redis.url(), prefix), RunningService.on(redis.url(), prefix)
            };
            NAMES.forEach(name -> confirm(services[0], name, 1));
            for (int step = 0; step < STEPS; step++) {
                int which = random.nextInt(2);
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> revoke(services[which], random.nextInt(300));
                    case 4 -> {
                        if (random.nextInt(4) == 0) {
                            services[which].close();
                            services[which] = RunningService.on(redis.url(), prefix);
                        }
                    }
                    default -> {
                        String name = NAMES.get(random.nextInt(NAMES.size()));
                        int newest = stamps.size() - 1;
                        int back = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
                        confirm(services[which], name, stamps.get(Math.max(0, newest - back)));
                    }
                }
                check("seed " + seed + ", step " + step);
            }
            waiting.forEach(CompletableFuture::join);
            check("seed " + seed + ", end");
            services[0].close();
            services[1].close();
        }
        assertThat(seen).as("seed " + seed).containsKeys("CLOSED", "open");
    }

    /** The model knows a stamp as soon as it is asked for, not only when its receipt comes. */
    private void revoke(RunningService service, int millis) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(service.call("DELETE", Api.PATH + "?wait_for=followers&timeout=" + Math.max(1, millis) + "ms")
                    .json("{\"username\":\"" + Api.fresh("joe") + "\"}")
                    .sendAsync());
        }
        JsonNode list = service.call("GET", "/v1/followers").send().json();
        long newest = list.path("stamp").asLong();
        if (newest > stamps.get(stamps.size() - 1)) {
            stamps.add(newest);
        }
    }

    private void confirm(RunningService service, String name, long stamp) {
        sent.merge(name, stamp, Math::max);
        long bound = BOUNDS.getOrDefault(name, 0L);
        Reply told = service.call("PUT", "/v1/followers/" + name)
                .json("{\"confirmed\":\"" + stamp + '"' + (bound > 0 ? ",\"bound\":\"" + bound + "ms\"" : "") + '}')
                .send();
        assertThat(told.json().path("confirmed").asLong()).isEqualTo(sent.getOrDefault(name, 0L));
    }

    private void check(String context) {
        waiting.removeIf(answer -> isChecked(context, answer));
    }

    private boolean isChecked(String context, CompletableFuture<Reply> answer) {
        if (!answer.isDone()) {
            return false;
        }
        check(context, answer.join());
        return true;
    }

    private void check(String context, Reply answer) {
        JsonNode receipt = answer.json().path("receipt");
        if (!receipt.has("as_of")) { // its instance has ended
            assertThat(answer.status()).as(context + ": " + answer.body()).isGreaterThan(200);
            assertThat(receipt.path("state").asText("UNKNOWN")).isEqualTo("UNKNOWN");
            return;
        }
        assertThat(receipt.path("registered").asInt())
                .as(context + ": " + answer.body())
                .isEqualTo(NAMES.size());
        assertThat(answer.status())
                .as(context)
                .isEqualTo(receipt.path("state").asText().equals("CLOSED") ? 200 : 202);
        long stamp = receipt.path("stamp").asLong();
        long asOf = ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse(receipt.path("as_of").asText()).plusMillis(1));
        for (JsonNode one : receipt.path("followers")) {
            String name = one.path("name").asText();
            boolean closed = one.path("state").asText().equals("CLOSED");
            seen.merge(closed ? "CLOSED" : "open", 1, Integer::sum);
            long bound = BOUNDS.getOrDefault(name, 0L) * 1000;
            boolean ranOut = bound > 0 && asOf > stamp + bound;
            if (closed) {
                assertThat(sent.getOrDefault(name, 0L) >= stamp || ranOut)
                        .as(context + ": " + name + " has sent " + sent.getOrDefault(name, 0L) + ": " + answer.body())
                        .isTrue();
            }
        }
    }
}
