package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandIo;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Follows a sweep to its end, with a line of progress at a terminal. A Ctrl-C ends the watching, not the sweep. */
record SweepWatch(ServiceCalls calls, CommandIo io) {
    static final String PATH = "/v1/sweeps";
    private static final long PAUSE_MILLIS = 200;
    private static final Set<String> MOVING = Set.of("running", "waiting", "stopping");

    /** The sweep as it ended; one that counts for it if it was joined. */
    JsonNode untilEnd(String sweep) {
        ProgressLine line = new ProgressLine(io);
        return line.whileShown(
                () -> "the tokens are dead and the counting goes on; " + comeBack(sweep), () -> watched(sweep, line));
    }

    static String comeBack(String sweep) {
        return "see the counting with: revoker sweeps watch " + sweep;
    }

    private JsonNode watched(String sweep, ProgressLine line) {
        Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        String name = sweep;
        JsonNode status = calls.get(PATH + "/" + name).success();
        while (MOVING.contains(status.path("state").asText()) || status.has("counted_by")) {
            name = status.path("counted_by").asText(name);
            line.show(ProgressLine.text(status));
            CompletableFuture.runAsync(() -> {}, later).join();
            status = calls.get(PATH + "/" + name).success();
        }
        return status;
    }
}
