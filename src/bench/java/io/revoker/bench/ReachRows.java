package io.revoker.bench;

import io.revoker.bench.ReachSeries.Kind;
import io.revoker.bench.ReachSeries.Times;
import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;

/**
 * How long it takes until everyone knows: from a revocation, or its answer, until the last follower, in other
 * processes, refuses the token; 0 if it does so before the answer. With more and more followers; then with faults, with
 * followers that confirm and are waited for, and what the followers cost the service.
 */
record ReachRows(Machine machine, ReachSizes sizes, Report report) {
    /** Percentiles of the times, and the longest. */
    static final List<Percentile> PERCENTILES =
            List.of(new Percentile("p50", 0.5), new Percentile("p99", 0.99), new Percentile("max", 1));

    static final int MOST_PROCESSES = 10;
    static final String MOST_FOLLOWERS = "--feed.max-followers=10000";

    /** A share of sorted samples. */
    record Percentile(String name, double share) {
        double micros(long[] sorted) {
            return Latency.micros(sorted, share);
        }
    }

    void measure() throws IOException, InterruptedException {
        try (RedisServer redis = machine.redis(Persistence.ALWAYS)) {
            try (JavaProcess service = machine.service(redis, List.of(MOST_FOLLOWERS))) {
                for (int followers : sizes.followers()) {
                    measure(redis, service, followers);
                }
                new ReachFaults(machine, redis, service, sizes, report).measure();
            }
            new ReachTrimming(machine, redis, report).measure();
            new ReachMemory(machine, redis, Collections.max(sizes.followers()), report).measure();
            new ReachReceipts(machine, redis, sizes, report).measure();
        }
    }

    private void measure(RedisServer redis, JavaProcess service, int followers)
            throws IOException, InterruptedException {
        int processes = Math.min(MOST_PROCESSES, followers);
        List<URI> ways = Collections.nCopies(processes, uri(service.port()));
        ReachSeries series = new ReachSeries(machine, service.port(), redis.port());
        try (ReachCrowd crowd = ReachCrowd.start(machine, redis, ways, followers / processes)) {
            for (Kind kind : Kind.values()) {
                report.progress(followers + " followers: warm-up");
                series.measure(crowd, kind, Math.max(1, sizes.samples() / 4));
                Times times = series.measure(crowd, kind, sizes.samples());
                ReachFaults.requireWithinBound("no fault", times.accepted()[sizes.samples() - 1]);
                add(report, kind, followers, times);
            }
        }
    }

    static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static void add(Report report, Kind kind, int followers, Times times) {
        String what = "%s revoked, %,d followers, ".formatted(kind.words, followers);
        for (Percentile percentile : PERCENTILES) {
            double published = percentile.micros(times.published());
            double acknowledged = Math.max(0, percentile.micros(times.acknowledged()));
            add(report, what + "answered to refused, " + percentile.name(), acknowledged, published);
            add(report, what + "sent to refused, " + percentile.name(), percentile.micros(times.sent()), published);
        }
    }

    /** A percentile of times until followers know, against that of messages. */
    static void add(Report report, String what, double micros, double published) {
        report.add(new Row(
                what, Persistence.ALWAYS.words, "µs", micros, "PUBLISH to as many, sent to received", published));
    }
}
