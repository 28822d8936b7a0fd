package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.time.Duration;
import java.util.List;

/** What followers learn from now on. */
record Feed(RunningService service, String begin) {
    static Feed of(RunningService service) {
        return new Feed(service, new Api(service).newest());
    }

    List<JsonNode> events() {
        return new Api(service).events(begin, Duration.ofMillis(100));
    }

    /** After them, nothing is left to be written. */
    void awaitEvents(int number) {
        until("in the log", () -> events().size() >= number);
        until("no other is left", () -> left() == 0);
        assertThat(events()).hasSize(number);
    }

    long left() {
        return (long) Scrape.of(service).value("revoker_tokens_unlogged");
    }
}
