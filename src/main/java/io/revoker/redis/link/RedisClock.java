package io.revoker.redis.link;

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
 * The time of Redis, as well as it can be known here: the one clock that says whether a token has expired. What the machine's own clock says is told, but
 * decides nothing, so that all instances agree.
 *
 * <p>Every answer to {@code TIME} was true at some moment between the question and its arrival. So it gives bounds between which Redis' clock is ahead of
 * this machine's stopwatch, the closer the faster it came. What several answers have in common holds, but for a little that is added for the time that has
 * passed: no two clocks run alike. An answer that has nothing in common with those before says that Redis' clock was set. The time that is told goes back
 * only when it is beyond these bounds, and then to the bound.
 *
 * <p>The clock of a server counts from the first contact on. Another one that has taken its place counts once the old one has been silent for a while.
 */
public final class RedisClock implements InstantSource {
    /** More than this, and a line of the log says so. */
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisClock.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    /** Part of the passed time by which two clocks may come to differ: twice what NTP may slow one down or speed it up. */
    private static final long DRIFT = 1000;

    private final InstantSource local;
    private final LongSupplier stopwatch;
    private final long patience;
    private String server = "";
    private long low;
    private long high;
    private long heard;
    private boolean differs;
    private volatile boolean known;
    private volatile long ahead;

    /**
     * @param local this machine's clock
     * @param patience after which a silent server has been replaced
     */
    public RedisClock(InstantSource local, Duration patience) {
        this(local, System::nanoTime, patience);
    }

    RedisClock(InstantSource local, LongSupplier stopwatch, Duration patience) {
        this.local = local;
        this.stopwatch = stopwatch;
        this.patience = patience.toNanos();
    }

    /** The machine's own time as long as there was no contact at all. */
    @Override
    public Instant instant() {
        if (!known) {
            return local.instant();
        }
        long now = stopwatch.getAsLong() + ahead;
        return Instant.ofEpochSecond(Math.floorDiv(now, SECOND), Math.floorMod(now, SECOND));
    }

    /** The latest that it can be: two clocks that differ by more than a day are not both right, and the earlier one does less harm. */
    public Instant latest() {
        return local.instant().plus(MOST_AHEAD);
    }

    /** How far this machine's clock is ahead of Redis'. */
    public Duration difference() {
        return Duration.between(instant(), local.instant());
    }

    /** Asks a server, as a sign of life too. */
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
     * @param asked what the {@link #stopwatch} said before
     */
    synchronized void learn(String from, long micros, long asked) {
        long now = stopwatch.getAsLong();
        if (known && !from.equals(server) && now - heard < patience) {
            return;
        }
        long earliest = micros * MICRO - now;
        long latest = (micros + 1) * MICRO - asked;
        if (known && from.equals(server)) {
            narrow(earliest, latest, (now - heard) / DRIFT);
        } else {
            low = earliest;
            high = latest;
        }
        server = from;
        heard = now;
        move();
        tell();
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

    private void tell() {
        Duration difference = difference();
        boolean much = difference.abs().compareTo(TOLERANCE) > 0;
        if (much && !differs) {
            LOG.atWarn()
                    .addKeyValue("ahead_ms", difference.toMillis())
                    .addKeyValue("expected", "within " + TOLERANCE.toMillis())
                    .log("clock differs from that of redis, which counts");
        } else if (differs && !much) {
            LOG.atInfo().addKeyValue("ahead_ms", difference.toMillis()).log("clock agrees with that of redis");
        }
        differs = much;
    }
}
