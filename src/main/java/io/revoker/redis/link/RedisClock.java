package io.revoker.redis.link;

import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of Redis, as well as this node can know it. This one clock decides whether a token has expired, so that all
 * instances agree. A difference from the machine's own clock is logged, but decides nothing.
 *
 * <p>Every answer to {@code TIME} was true at some moment between the question and its arrival. So it gives bounds for
 * how far Redis' clock is ahead of this machine's stopwatch; a fast answer gives close bounds. The bounds of several
 * answers are intersected, after they were widened a little for the time that has passed, because no two clocks run at
 * the same speed. If an answer does not overlap with the bounds before, Redis' clock was set. The reported time only
 * goes back when it is outside the bounds, and then only to the bound.
 *
 * <p>The clock of a server counts from the first contact on. If another server takes its place, its clock counts once
 * the old one has been silent for a while.
 */
public final class RedisClock implements InstantSource {
    /** A larger difference is logged. */
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisClock.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    /**
     * Divisor of the passed time: two clocks may drift apart by this part of it, twice as much as NTP may slow one
     * down or speed it up.
     */
    private static final long DRIFT = 1000;

    private final InstantSource local;
    private final LongSupplier stopwatch;
    private final long patience;
    private String server = "";
    private long low;
    private long high;
    private long lastAnswer;
    private boolean differs;
    private volatile boolean known;
    private volatile long ahead;

    /**
     * @param local this machine's clock
     * @param patience a server that was silent for this long counts as replaced
     */
    public RedisClock(InstantSource local, Duration patience) {
        this(local, System::nanoTime, patience);
    }

    RedisClock(InstantSource local, LongSupplier stopwatch, Duration patience) {
        this.local = local;
        this.stopwatch = stopwatch;
        this.patience = patience.toNanos();
    }

    /** The machine's own time until the first contact. */
    @Override
    public Instant instant() {
        if (!known) {
            return local.instant();
        }
        long now = stopwatch.getAsLong() + ahead;
        return Instant.ofEpochSecond(Math.floorDiv(now, SECOND), Math.floorMod(now, SECOND));
    }

    /**
     * The latest plausible time. If two clocks differ by more than a day, one of them is wrong, and the earlier one
     * does less harm.
     */
    public Instant latest() {
        return local.instant().plus(MOST_AHEAD);
    }

    /** How far this machine's clock is ahead of that of Redis. */
    public Duration difference() {
        return Duration.between(instant(), local.instant());
    }

    /** Asks a server; serves as a heartbeat too. */
    Future<Void> ask(RedisConnection connection, ServerId server) {
        long asked = stopwatch();
        return connection
                .send(Request.cmd(Command.TIME))
                .onSuccess(time -> learn(server.run(), micros(time), asked))
                .mapEmpty();
    }

    private static long micros(Response time) {
        return TimeUnit.SECONDS.toMicros(time.get(0).toLong()) + time.get(1).toLong();
    }

    long stopwatch() {
        return stopwatch.getAsLong();
    }

    /**
     * Learns from an answer that has just arrived.
     *
     * @param from the server that answered
     * @param micros since 1970
     * @param asked the value of {@link #stopwatch} before the question
     */
    synchronized void learn(String from, long micros, long asked) {
        long now = stopwatch.getAsLong();
        if (known && !from.equals(server) && now - lastAnswer < patience) {
            return;
        }
        long earliest = micros * MICRO - now;
        long latest = (micros + 1) * MICRO - asked;
        if (known && from.equals(server)) {
            narrow(earliest, latest, (now - lastAnswer) / DRIFT);
        } else {
            low = earliest;
            high = latest;
        }
        server = from;
        lastAnswer = now;
        move();
        logDifference();
    }

    private void narrow(long earliest, long latest, long drift) {
        boolean set = earliest > high + drift || latest < low - drift;
        low = set ? earliest : Math.max(earliest, low - drift);
        high = set ? latest : Math.min(latest, high + drift);
    }

    private void move() {
        long likely = low + (high - low) / 2;
        ahead = known ? Math.min(high, Math.max(ahead, likely)) : likely;
        known = true;
    }

    private void logDifference() {
        Duration difference = difference();
        boolean much = difference.abs().compareTo(TOLERANCE) > 0;
        if (much && !differs) {
            LOG.atWarn()
                    .addKeyValue("ahead_ms", difference.toMillis())
                    .addKeyValue("expected", "within " + TOLERANCE.toMillis())
                    .log("clock differs from that of redis, which decides");
        } else if (differs && !much) {
            LOG.atInfo().addKeyValue("ahead_ms", difference.toMillis()).log("clock agrees with that of redis");
        }
        differs = much;
    }
}
