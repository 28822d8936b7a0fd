package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.Stamp;
import io.revoker.signing.Signer;
import io.revoker.signing.SigningKeys;
import io.revoker.testing.LogCapture;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What heartbeats promise, and when there are none. */
class HeartbeatsTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Vertx vertx = Vertx.vertx();
    private final EventHub hub = new EventHub(1, new SimpleMeterRegistry());
    private final Beats beats = hub.join(read -> new Beats());

    @AfterEach
    void stop() {
        Waiting.get(vertx.close());
    }

    /** More was read afterwards, but not to the end. */
    @Test
    void promisesWhatWasKnownWhenTheLogWasAsked() throws IOException {
        Duration ago = Duration.ofSeconds(10);
        begin(new Signer(vertx, SigningKeys.NONE));
        Waiting.until("looks", () -> beats.looks.get() >= 2);
        assertThat(beats.all).isEmpty();

        hub.reachedTheEnd(new Stamp(5), System.nanoTime() - ago.toNanos());
        hub.read(List.of(), new Stamp(9));
        Waiting.until("beats", () -> !beats.all.isEmpty());

        JsonNode beat = json(beats.all.get(0));
        assertThat(beat.path("stamp").textValue()).isEqualTo("5");
        assertThat(Instant.parse(beat.path("as_of").textValue()))
                .isBeforeOrEqualTo(Instant.parse(beat.path("time").textValue()).minus(ago));
    }

    /** As a pause in between would: what it tells must then be older, not newer. */
    @Test
    void tellsNoLaterTimeThanThatAtWhichItLookedAtItsAge() throws IOException {
        List<Long> looked = new CopyOnWriteArrayList<>();
        hub.reachedTheEnd(new Stamp(5), System.nanoTime());
        begin(new Signer(vertx, SigningKeys.NONE), () -> {
            looked.add(Uptime.millis());
            long end = System.nanoTime() + 50_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return Instant.now();
        });
        Waiting.until("beats", () -> !beats.all.isEmpty());

        assertThat(json(beats.all.get(0)).path("uptime").longValue()).isLessThanOrEqualTo(looked.get(0));
    }

    @Test
    void sendsNoneIfItCannotSignAndSaysSoOnce(@TempDir Path directory) {
        Signer signer = new Signer(vertx, SigningKeys.read(SigningFile.in(directory)));
        hub.reachedTheEnd(new Stamp(5), System.nanoTime());
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            AtomicBoolean closed = new AtomicBoolean();
            begin(signer, () -> {
                if (!beats.all.isEmpty() && !closed.getAndSet(true)) {
                    signer.close(); // now, before the next signature: one that waits would never be made
                }
                return Instant.now();
            });

            Waiting.until("told", () -> told(log) >= 1);
            int before = beats.looks.get();
            Waiting.until("goes on", () -> beats.looks.get() >= before + 5);

            assertThat(beats.all).allMatch(beat -> beat.withId().toString().contains("\"signature\":"));
            assertThat(told(log)).isEqualTo(1);
        }
    }

    @Test
    void areNotMadeWhileThereAreNoFollowers() {
        beats.followed = false;
        hub.reachedTheEnd(new Stamp(5), System.nanoTime());
        begin(new Signer(vertx, SigningKeys.NONE));
        Waiting.until("asked", () -> beats.asked.get() >= 3);
        assertThat(beats.looks).hasValue(0);
        assertThat(beats.all).isEmpty();

        beats.followed = true;

        Waiting.until("beats", () -> !beats.all.isEmpty());
    }

    private void begin(Signer signer) {
        begin(signer, InstantSource.system());
    }

    private void begin(Signer signer, InstantSource time) {
        new Heartbeats(vertx, hub, signer, Optional.empty(), time).begin(INTERVAL);
    }

    private static long told(LogCapture log) {
        return log.lines().stream()
                .filter(line -> line.contains("heartbeats not sent"))
                .count();
    }

    private static JsonNode json(Beat beat) throws IOException {
        return new ObjectMapper().readTree(beat.withoutId().toString().replaceFirst("(?s).*data: ", ""));
    }

    /** An event loop that keeps what it gets. */
    private static final class Beats implements EventHub.Loop {
        private final List<Beat> all = new CopyOnWriteArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean followed = true;

        @Override
        public void add(List<FeedEvent> events, Stamp upTo) {}

        @Override
        public boolean isFollowed() {
            asked.incrementAndGet();
            return followed;
        }

        @Override
        public void beat(Beat beat) {
            all.add(beat);
        }

        @Override
        public void look() {
            looks.incrementAndGet();
        }

        @Override
        public void endAll() {}

        @Override
        public long lag() {
            return 0;
        }
    }
}
