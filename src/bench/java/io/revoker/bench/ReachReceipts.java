package io.revoker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bench.ReachRows.Percentile;
import io.revoker.bench.ReachSeries.Kind;
import io.revoker.bench.ReachSeries.Times;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Followers that confirm what they have applied, and revocations that wait for them: how long one takes, from the
 * request to the answer with the receipt. Each receipt must say that all have confirmed, and no follower may answer
 * "not revoked" after it, or the run fails.
 */
record ReachReceipts(Machine machine, RedisServer redis, ReachSizes sizes, Report report) {
    private static final String QUERY = "wait_for=followers&timeout=10s";
    private static final int OK = 200;
    private static final long PATIENCE_SECONDS = 180;

    void measure() throws IOException, InterruptedException {
        for (int followers : sizes.followers()) {
            // Each in a place of its own, for those of the ones before are still waited for.
            List<String> settings = List.of(ReachRows.MOST_FOLLOWERS, "--redis.prefix=receipts-" + followers);
            int processes = Math.min(ReachRows.MOST_PROCESSES, followers);
            try (JavaProcess service = machine.service(redis, settings);
                    ReachCrowd crowd = ReachCrowd.start(
                            machine,
                            redis,
                            Collections.nCopies(processes, ReachRows.uri(service.port())),
                            followers / processes,
                            ReachCrowd.Manner.CONFIRMING)) {
                awaitAll(service, crowd.followers());
                ReachSeries series = new ReachSeries(machine, service.port(), redis.port());
                for (Kind kind : Kind.values()) {
                    report.progress(followers + " followers that confirm: " + kind.words);
                    measure(series, crowd, kind, Math.max(1, sizes.samples() / 4));
                    add(kind, followers, measure(series, crowd, kind, sizes.samples()));
                }
            }
        }
    }

    private Times measure(ReachSeries series, ReachCrowd crowd, Kind kind, int samples)
            throws IOException, InterruptedException {
        Times times = series.measure(
                crowd,
                series.prepare(kind, samples).with(QUERY),
                samples,
                (operator, request) -> revoke(operator, request, crowd.followers()));
        long accepted = times.accepted()[samples - 1];
        if (accepted > 0) {
            throw new IllegalStateException("receipt: \"not revoked\" " + accepted + " ns after it (expected: never)");
        }
        return times;
    }

    private static void revoke(Wire operator, Buffer request, int followers) throws IOException {
        Wire.Answer answer = operator.call(request);
        JsonNode receipt = answer.json().path("receipt");
        if (answer.status() != OK
                || !receipt.path("state").asText().equals("CLOSED")
                || receipt.path("confirmed").asInt() != followers) {
            throw new IOException(
                    "receipt: " + answer.status() + ' ' + answer.json() + " (expected: " + followers + " confirmed)");
        }
    }

    /** A follower is waited for once it has confirmed for the first time. */
    private static void awaitAll(JavaProcess service, int followers) throws IOException, InterruptedException {
        try (Wire wire = Wire.open(service.port())) {
            Buffer request = Buffer.buffer("GET /v1/followers HTTP/1.1\r\nHost: localhost\r\n\r\n");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            for (int confirmed = count(wire, request); confirmed < followers; confirmed = count(wire, request)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("followers: " + confirmed + " have confirmed (expected: " + followers + ")");
                }
                Thread.sleep(100);
            }
        }
    }

    private static int count(Wire wire, Buffer request) throws IOException {
        return wire.call(request).json().path("followers").size();
    }

    private void add(Kind kind, int followers, Times times) {
        String what = "%s revoked, %,d followers that confirm, sent to receipt, ".formatted(kind.words, followers);
        for (Percentile percentile : ReachRows.PERCENTILES) {
            ReachRows.add(
                    report,
                    what + percentile.name(),
                    percentile.micros(times.answered()),
                    percentile.micros(times.published()));
        }
    }
}
