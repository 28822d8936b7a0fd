package io.revoker.bench;

import io.revoker.bench.ReachCrowd.Subject;
import io.revoker.bench.ReachRows.Percentile;
import io.revoker.bench.ReachSeries.Kind;
import io.revoker.bench.ReachSeries.Revocations;
import io.revoker.bench.ReachSeries.Times;
import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A hundred followers, of which the tenth is stopped, or cut off from the service, or all are while Redis is started
 * anew: how long it takes, from the request, until the others refuse, and how long until all know afterwards. None may
 * say "not revoked" for longer after the acknowledgement than the bound, or the run fails.
 */
record ReachFaults(Machine machine, RedisServer redis, JavaProcess service, ReachSizes sizes, Report report) {
    private static final int PROCESSES = 10;
    private static final int EACH = 10;
    private static final int RESTARTS = 5;
    private static final double MILLIS = 1e6;

    /** The default of a view. */
    private static final long BOUND = TimeUnit.SECONDS.toNanos(5);

    /** That long a follower is away. */
    private static final long AWAY = BOUND + TimeUnit.SECONDS.toNanos(2);

    /** What happens to a process of followers. */
    private interface Fault {
        void happen() throws IOException, InterruptedException;
    }

    void measure() throws IOException, InterruptedException {
        ReachSeries series = new ReachSeries(machine, service.port(), redis.port());
        try (HeldWay way = HeldWay.to(machine.vertx(), service.port())) {
            List<URI> ways = new ArrayList<>(Collections.nCopies(PROCESSES - 1, ReachRows.uri(service.port())));
            ways.add(0, way.uri());
            try (ReachCrowd crowd = ReachCrowd.start(machine, redis, ways, EACH)) {
                ReachProcess first = crowd.first();
                series.measure(crowd, Kind.TOKEN, some());
                Times alone = series.measure(crowd.others(), Kind.TOKEN, some());
                away("stopped", series, crowd, alone, () -> first.signal("STOP"), () -> first.signal("CONT"));
                away("cut off", series, crowd, alone, way::hold, way::mend);
                restarts(series, crowd);
            }
        }
    }

    private int some() {
        return Math.max(1, sizes.samples() / 4);
    }

    private void away(String how, ReachSeries series, ReachCrowd crowd, Times alone, Fault begin, Fault end)
            throws IOException, InterruptedException {
        Revocations revocations = series.prepare(Kind.TOKEN, 2);
        Subject missed = revocations.subject().apply(0);
        crowd.watch(missed);
        begin.happen();
        long until = System.nanoTime() + AWAY;
        try (Wire operator = Wire.open(service.port())) {
            ReachSeries.revoke(operator, revocations.request().apply(0));
        }
        long acknowledged = System.nanoTime();
        Times others = series.measure(crowd.others(), Kind.TOKEN, some());
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        long ended = System.nanoTime();
        end.happen();
        long refused = crowd.refused(missed);
        long accepted = crowd.end(missed) - acknowledged;
        requireWithinBound(how, accepted);
        String name = "10 of 100 followers " + how + ", ";
        for (Percentile percentile : ReachRows.PERCENTILES) {
            add(
                    name + "others refuse, " + percentile.name(),
                    percentile.micros(others.sent()) / 1e3,
                    "the same before",
                    percentile.micros(alone.sent()) / 1e3);
        }
        add(name + "then until all refuse", (refused - ended) / MILLIS, "bound of the view", BOUND / MILLIS);
        add(name + "last \"not revoked\"", accepted / MILLIS, "bound of the view", BOUND / MILLIS);
    }

    /** A token is revoked as soon as that can be done again. */
    private void restarts(ReachSeries series, ReachCrowd crowd) throws IOException, InterruptedException {
        long[] acknowledged = new long[RESTARTS];
        long[] refused = new long[RESTARTS];
        long accepted = Long.MIN_VALUE;
        Revocations revocations = series.prepare(Kind.TOKEN, RESTARTS);
        for (int i = 0; i < RESTARTS; i++) {
            Subject subject = revocations.subject().apply(i);
            crowd.watch(subject);
            redis.restart();
            long listening = System.nanoTime();
            revokeAtLast(revocations, i);
            long done = System.nanoTime();
            acknowledged[i] = done - listening;
            refused[i] = crowd.refused(subject) - done;
            accepted = Math.max(accepted, crowd.end(subject) - done);
        }
        requireWithinBound("Redis restarted", accepted);
        Arrays.sort(acknowledged);
        Arrays.sort(refused);
        String name = "Redis killed and started, ";
        add(
                name + "until a revocation, longest",
                acknowledged[RESTARTS - 1] / MILLIS,
                "bound of the view",
                BOUND / MILLIS);
        add(
                name + "then until all refuse, longest",
                refused[RESTARTS - 1] / MILLIS,
                "bound of the view",
                BOUND / MILLIS);
        add(name + "last \"not revoked\"", accepted / MILLIS, "bound of the view", BOUND / MILLIS);
    }

    private void revokeAtLast(Revocations revocations, int number) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - deadline < 0) {
            try (Wire operator = Wire.open(service.port())) {
                Wire.Answer answer = operator.call(revocations.request().apply(number));
                if (answer.status() == 200) {
                    return;
                }
            }
            Thread.sleep(5);
        }
        throw new IOException("revocation: not done (expected: soon after Redis was started)");
    }

    static void requireWithinBound(String how, long accepted) {
        if (accepted > BOUND) {
            throw new IllegalStateException(how + ": \"not revoked\" " + accepted / MILLIS
                    + " ms after the acknowledgement (expected: at most " + BOUND / MILLIS + ")");
        }
    }

    private void add(String measure, double value, String yardstick, double reference) {
        report.add(new Row(measure, Persistence.ALWAYS.words, "ms", value, yardstick, reference));
    }
}
