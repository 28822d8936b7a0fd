package io.revoker.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Follows the revocations as they come. After a cut it goes on after the last event, on whichever instance answers. It
 * fails only if there was none at the beginning, or if one refuses the caller.
 */
public final class FeedReader {
    private static final String PATH = "/v1/revocations/stream";

    /** There is a heartbeat at least once a second. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final long LONGEST_RETRY = 30_000;

    private final ServiceCalls calls;
    private final CommandIo io;
    private final Duration silence;
    private Optional<String> last;
    private long retryMillis = 1000;
    private boolean wasConnected;
    private boolean isCut;

    /**
     * Follows nothing yet.
     *
     * @param last the newest event that is known; empty to begin with what is next
     */
    public FeedReader(ServiceCalls calls, CommandIo io, Optional<String> last) {
        this(calls, io, last, SILENCE);
    }

    FeedReader(ServiceCalls calls, CommandIo io, Optional<String> last, Duration silence) {
        this.calls = calls;
        this.io = io;
        this.last = last;
        this.silence = silence;
    }

    /**
     * Follows until the listener has enough.
     *
     * @param listener gets every event but heartbeats, and says whether it wants more
     */
    public void run(Predicate<JsonNode> listener) {
        while (!isOver(listener)) {
            Executor later = CompletableFuture.delayedExecutor(retryMillis, TimeUnit.MILLISECONDS);
            CompletableFuture.runAsync(() -> {}, later).join();
        }
    }

    private boolean isOver(Predicate<JsonNode> listener) {
        try (InputStream stream = calls.open(
                        PATH, last.map(id -> Map.of("Last-Event-ID", id)).orElse(Map.of()));
                Silence watch = Silence.of(stream, silence)) {
            connected();
            return hasEnough(new EventStreamReader(stream), watch, listener);
        } catch (IOException cut) {
            cut("no answer");
            return false;
        } catch (CommandFailure failure) {
            if (!wasConnected || failure.exitStatus() != CommandIo.UNREACHABLE) {
                throw failure;
            }
            cut(failure.text());
            return false;
        }
    }

    private boolean hasEnough(EventStreamReader events, Silence watch, Predicate<JsonNode> listener)
            throws IOException {
        while (true) {
            Optional<EventStreamReader.Event> next = events.next();
            if (next.isEmpty()) {
                return false;
            }
            watch.heard();
            if (!wantsMore(next.get(), listener)) {
                return true;
            }
        }
    }

    private boolean wantsMore(EventStreamReader.Event event, Predicate<JsonNode> listener) {
        event.retry().ifPresent(millis -> retryMillis = Math.min(millis, LONGEST_RETRY));
        boolean more = event.data()
                .filter(data -> !data.path("event").asText().equals("heartbeat"))
                .map(listener::test)
                .orElse(true);
        last = event.id().or(() -> last);
        return more;
    }

    private void connected() {
        if (io.console().isPresent() && (isCut || !wasConnected)) {
            io.err().println(wasConnected ? "connected again" : "following the revocations; Ctrl-C ends it");
        }
        wasConnected = true;
        isCut = false;
    }

    /** Once, however long it lasts. */
    private void cut(String why) {
        if (!isCut) {
            io.warn("cut off: " + why + "; trying again");
            isCut = true;
        }
    }
}
