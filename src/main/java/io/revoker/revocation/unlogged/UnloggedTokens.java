package io.revoker.revocation.unlogged;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out revocations of single tokens. If one fails after the token has died, the log has no entry of it, and
 * followers would not learn that it is dead: such a revocation is repeated, again and again, until the log has the
 * entry, its token has expired or the instance ends. Where it is not known whether the token has died, it is looked
 * up: nothing that was not done when the caller was answered is done later. Used by one event loop only.
 */
public final class UnloggedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(UnloggedTokens.class);
    private static final int MOST = 10_000;
    private static final int TOGETHER = 64;
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5000;

    /** A command that was given up may be carried out for so long. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);

    private final Context context;
    private final InstantSource time;
    private final AtomicLong number;
    private final Map<Target.Single, Owed> left = new LinkedHashMap<>();
    private long pause = SHORTEST_MILLIS;
    private boolean busy;

    /** @param number of those that are left, on all event loops */
    public UnloggedTokens(Context context, InstantSource time, AtomicLong number) {
        this.context = context;
        this.time = time;
        this.number = number;
    }

    private enum Knowledge {
        DEAD,
        UNCERTAIN
    }

    private record Owed(SingleAct act, Knowledge knowledge, Instant since) {
        Future<Boolean> isDead() {
            return knowledge == Knowledge.DEAD
                    ? Future.succeededFuture(true)
                    : act.isDead().get();
        }
    }

    /** Fails as the first attempt does. */
    public Future<Report> carryOut(SingleAct act) {
        return act.write()
                .get()
                .onSuccess(done -> remove(act.target()))
                .onFailure(failure -> failed(act, Problem.of(failure)));
    }

    private void failed(SingleAct act, Problem problem) {
        boolean isDead = !problem.done().equals(Tally.NONE);
        if (!isDead && !problem.isPassing()) {
            return;
        }
        if (left.size() >= MOST && !left.containsKey(act.target())) {
            LOG.atError()
                    .addKeyValue("left", left.size())
                    .log("log entry of a token not written, and not tried again: too many are left");
            return;
        }
        Owed before = left.get(act.target());
        boolean known = isDead || (before != null && before.knowledge() == Knowledge.DEAD);
        left.put(act.target(), new Owed(act, known ? Knowledge.DEAD : Knowledge.UNCERTAIN, time.instant()));
        if (before == null) {
            number.incrementAndGet();
            LOG.atWarn()
                    .addKeyValue("left", left.size())
                    .addKeyValue("failure", problem.text())
                    .log("log entry of a token not written, it will be");
        }
        later();
    }

    private void remove(Target.Single target) {
        if (left.remove(target) != null) {
            number.decrementAndGet();
        }
    }

    private void later() {
        if (!busy && !left.isEmpty()) {
            busy = true;
            context.owner().setTimer(pause, timer -> some());
        }
    }

    private void some() {
        List<Owed> next = left.values().stream().limit(TOGETHER).toList();
        Future.join(next.stream().map(this::again).toList()).onComplete(done -> {
            pause = done.succeeded() ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, 2 * pause);
            busy = false;
            if (left.isEmpty()) {
                LOG.info("no log entry of a token is left to be written");
            }
            later();
        });
    }

    /** Fails if there is another attempt to be made. */
    private Future<Void> again(Owed owed) {
        if (!time.instant().isBefore(owed.act().until())) {
            remove(owed.act().target());
            return Future.succeededFuture();
        }
        return owed.isDead().compose(dead -> dead ? write(owed) : live(owed));
    }

    private Future<Void> write(Owed owed) {
        return owed.act()
                .write()
                .get()
                .onSuccess(done -> remove(owed.act().target()))
                .mapEmpty();
    }

    private Future<Void> live(Owed owed) {
        if (time.instant().isBefore(owed.since().plus(UNDER_WAY))) {
            return Future.failedFuture(Problem.passing("token: still live"));
        }
        remove(owed.act().target());
        return Future.succeededFuture();
    }
}
