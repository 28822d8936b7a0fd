package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams that are to end after a time. */
class StreamTimeoutTest {
    private static final String STREAM = "/v1/revocations/stream?timeout=";
    private static final int MANY = 30;
    private static final long HOUR_MILLIS = 3_600_000;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void endsWhenItsTimeIsOver() {
        try (EventStream stream = EventStream.open(service.uri(STREAM + "200ms"))) {
            Waiting.until("ended", stream::hasEnded);
            assertThat(stream.retry()).isNotEmpty();
        }
    }

    /** The timer would hold what the follower held for up to a day. Some others may run: those of calls to Redis. */
    @Test
    void leavesNoTimerBehindWhenTheFollowerLeavesBefore() {
        long first = marker();
        List<EventStream> streams = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            streams.add(EventStream.open(service.uri(STREAM + "24m")));
        }
        Waiting.until("follow", () -> followers() == MANY);
        long last = marker();

        streams.forEach(EventStream::close);
        Waiting.until("have left", () -> followers() == 0);

        long left = LongStream.range(first, last)
                .filter(timer -> service.vertx().cancelTimer(timer))
                .count();
        assertThat(left).isLessThan(MANY);
    }

    /** There is something for it at once. */
    @Test
    void leavesNoTimerBehindWhenAPollNeedNotWait() {
        assertThat(new Api(service).invalidateUser("joe")).startsWith("200");
        Waiting.until("read", () -> !poll("").path("events").isEmpty());
        long first = marker();
        for (int i = 0; i < MANY; i++) {
            assertThat(poll("&timeout=20s").path("events")).isNotEmpty();
        }
        long last = marker();

        long left = LongStream.range(first, last)
                .filter(timer -> service.vertx().cancelTimer(timer))
                .count();
        assertThat(left).isLessThan(MANY);
    }

    private static JsonNode poll(String timeout) {
        return service.call("GET", "/v1/revocations/changes?since=0" + timeout)
                .send()
                .json();
    }

    /** Vert.x numbers timers one after the other. */
    private static long marker() {
        long timer = service.vertx().setTimer(HOUR_MILLIS, over -> {});
        service.vertx().cancelTimer(timer);
        return timer;
    }

    private static double followers() {
        return Scrape.of(service).value("revoker_feed_followers");
    }
}
