package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured of followers and receipts. */
class FollowerWatchTest {
    private final RunningService service = RunningService.start();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void measuresHowFarTheFollowersAre() {
        assertThat(samples("revoker_followers"))
                .isEqualTo(Map.of("{state=\"closed\"}", 0.0, "{state=\"partial\"}", 0.0, "{state=\"unknown\"}", 0.0));
        assertThat(samples("revoker_followers_lag_seconds")).isEqualTo(Map.of("", 0.0));
        assertThat(samples("revoker_followers_silence_seconds")).isEqualTo(Map.of("", 0.0));
        confirm("good", "1");
        confirm("late", "1");
        service.call("PUT", "/v1/followers/silent")
                .json("{\"confirmed\":\"1\",\"bound\":\"100ms\"}")
                .send();

        Waiting.until("seen", () -> samples("revoker_followers").containsValue(3.0));

        assertThat(samples("revoker_follower_silence_seconds"))
                .containsOnlyKeys(
                        "{caller=\"anonymous\",follower=\"good\"}",
                        "{caller=\"anonymous\",follower=\"late\"}",
                        "{caller=\"anonymous\",follower=\"silent\"}");

        new Api(service).invalidateUser("joe");
        confirm("good", newest());

        Waiting.until("late", () -> samples("revoker_followers_lag_seconds").getOrDefault("", 0.0) > 1);
        assertThat(samples("revoker_follower_lag_seconds"))
                .containsEntry("{caller=\"anonymous\",follower=\"good\"}", 0.0)
                .hasEntrySatisfying(
                        "{caller=\"anonymous\",follower=\"late\"}",
                        lag -> assertThat(lag).isGreaterThan(1));
        assertThat(samples("revoker_followers")).containsEntry("{state=\"closed\"}", 2.0);
        assertThat(samples("revoker_followers_silence_seconds").getOrDefault("", 0.0))
                .isPositive();

        new Api(service).invalidateUser("joe");
        service.call("DELETE", "/v1/followers/late").send();
        confirm("good", newest());

        Waiting.until("gone", () -> samples("revoker_followers_lag_seconds").getOrDefault("", 0.0) == 0);
        assertThat(samples("revoker_follower_silence_seconds"))
                .containsOnlyKeys(
                        "{caller=\"anonymous\",follower=\"good\"}", "{caller=\"anonymous\",follower=\"silent\"}");
    }

    @Test
    void measuresHowLongReceiptsTake() {
        service.call("DELETE", Api.PATH + "?wait_for=followers")
                .json("{\"username\":\"joe\"}")
                .send();

        assertThat(samples("revoker_receipts_seconds_count"))
                .isEqualTo(Map.of("{state=\"closed\"}", 1.0, "{state=\"partial\"}", 0.0, "{state=\"unknown\"}", 0.0));
        assertThat(samples("revoker_receipts_waiting")).isEqualTo(Map.of("", 0.0));
    }

    private void confirm(String name, String stamp) {
        service.call("PUT", "/v1/followers/" + name)
                .json("{\"confirmed\":\"" + stamp + "\"}")
                .send();
    }

    private String newest() {
        return service.call("GET", "/v1/followers").send().json().path("stamp").asText();
    }

    private Map<String, Double> samples(String name) {
        return Scrape.of(service).samples(name);
    }
}
