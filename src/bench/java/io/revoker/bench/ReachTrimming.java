package io.revoker.bench;

import io.revoker.bench.ReachCrowd.Subject;
import io.revoker.bench.ReachSeries.Kind;
import io.revoker.bench.ReachSeries.Revocations;
import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Followers that are cut off for longer than the log is kept: when they come back, what they missed is no longer
 * there. They begin with a new snapshot then, and say of what that does not have that they can't tell.
 */
record ReachTrimming(Machine machine, RedisServer redis, Report report) {
    private static final int EACH = 10;
    private static final double MILLIS = 1e6;
    private static final long AWAY = TimeUnit.SECONDS.toNanos(75);
    /** So that nodes of the stream fill up: Redis trims whole ones. */
    private static final int REVOCATIONS = 3000;

    void measure() throws IOException, InterruptedException {
        try (JavaProcess service = machine.service(redis, List.of("--log.retention=1m", "--redis.prefix=short"));
                HeldWay way = HeldWay.to(machine.vertx(), service.port());
                ReachCrowd crowd =
                        ReachCrowd.start(machine, redis, List.of(way.uri(), ReachRows.uri(service.port())), EACH)) {
            measure(service, way, crowd);
        }
    }

    private void measure(JavaProcess service, HeldWay way, ReachCrowd crowd) throws IOException, InterruptedException {
        report.progress("followers that are cut off until the log is trimmed: 75 seconds");
        ReachSeries series = new ReachSeries(machine, service.port(), redis.port());
        Revocations revocations = series.prepare(Kind.TOKEN, REVOCATIONS);
        Subject trimmed = revocations.subject().apply(0);
        Subject kept = revocations.subject().apply(REVOCATIONS - 1);
        crowd.watch(trimmed);
        crowd.watch(kept);
        way.hold();
        long began = System.nanoTime();
        try (Wire operator = Wire.open(service.port())) {
            ReachSeries.revoke(operator, revocations.request().apply(0));
            long acknowledged = System.nanoTime();
            for (int i = 1; i < REVOCATIONS - 1; i++) {
                long due = began + AWAY / REVOCATIONS * i;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                ReachSeries.revoke(operator, revocations.request().apply(i));
            }
            ReachSeries.revoke(operator, revocations.request().apply(REVOCATIONS - 1));
            long last = System.nanoTime();
            way.mend();
            long mended = System.nanoTime();
            long refused = crowd.refused(kept);
            ReachFaults.requireWithinBound("trimmed", crowd.end(trimmed) - acknowledged);
            ReachFaults.requireWithinBound("kept", crowd.end(kept) - last);
            report.add(new Row(
                    "log trimmed under 10 of 20 followers, until all refuse",
                    Persistence.ALWAYS.words,
                    "ms",
                    (refused - mended) / MILLIS,
                    "bound of the view",
                    5000));
        }
    }
}
