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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out revocations of single tokens. If one fails after the token has died, the log has no entry of it, and
 * followers would not learn that it is dead: such a revocation is repeated, again and again, until the log has the
 * entry, its token has expired or the instance ends. If one in several steps got no answer, the token may be dead, or
 * die a little later: it is looked up for a while. What was begun is completed then, what was not begun is not done
 * later. Used by one event loop only.
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
    /** The first ones are the next to be tried. */
    private final Map<Target.Single, Owed> left = new LinkedHashMap<>();

    /** Since none was left: there was no place for them. */
    private long notKept;

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
        Future<Boolean> isBegun() {
            return knowledge == Knowledge.DEAD
                    ? Future.succeededFuture(true)
                    : act.isBegun().get();
        }
    }

    /** Fails as the first attempt does. */
    public Future<Report> carryOut(SingleAct act) {
        return write(act).onFailure(failure -> failed(act, Problem.of(failure)));
    }

    /**
     * The same if the first attempt invalidates and logs in one step. Without an answer it is not repeated: if it was
     * done, the log has its entry.
     *
     * @param step has been begun; it is no attempt if it ends with nothing
     */
    public Future<Optional<Report>> carryOut(SingleAct act, Future<Optional<Report>> step) {
        return step.onSuccess(done -> done.ifPresent(written -> remove(act.target())))
                .onFailure(failure -> keepIfDead(act, Problem.of(failure)));
    }

    private Future<Report> write(SingleAct act) {
        return act.write().get().onSuccess(done -> remove(act.target()));
    }

    private void failed(SingleAct act, Problem problem) {
        keepIfDead(act, problem);
        if (!isDead(problem) && problem.isUnanswered()) {
            keep(act, Knowledge.UNCERTAIN, problem);
        }
    }

    private void keepIfDead(SingleAct act, Problem problem) {
        if (isDead(problem)) {
            keep(act, Knowledge.DEAD, problem);
        }
    }

    /** Whether the store says that it counted something before it failed. */
    private static boolean isDead(Problem problem) {
        return !problem.done().equals(Tally.NONE);
    }

    private void keep(SingleAct act, Knowledge knowledge, Problem problem) {
        Optional<Owed> before = Optional.ofNullable(left.get(act.target()));
        if (before.isEmpty()) {
            if (left.size() >= MOST) {
                logFull();
                notKept++;
                return;
            }
            logFirst(problem);
            number.incrementAndGet();
        }
        Knowledge known =
                before.map(Owed::knowledge).filter(Knowledge.DEAD::equals).orElse(knowledge);
        left.put(act.target(), new Owed(act, known, time.instant()));
        later();
    }

    /** Once, however many follow. */
    private void logFull() {
        if (notKept == 0) {
            LOG.atError()
                    .addKeyValue("left", left.size())
                    .log("log entries of further tokens not written, and not tried again: too many are left");
        }
    }

    private void logFirst(Problem problem) {
        if (left.isEmpty()) {
            LOG.atWarn().addKeyValue("failure", problem.text()).log("log entry of a token not written, it will be");
        }
    }

    private void logEnd() {
        if (left.isEmpty()) {
            LOG.atInfo().addKeyValue("not_kept", notKept).log("no log entry of a token is left to be written");
            notKept = 0;
        }
    }

    private void remove(Target.Single target) {
        if (left.remove(target) != null) {
            number.decrementAndGet();
        }
    }

    /** Not what another attempt has taken its place with. */
    private void remove(Owed owed) {
        if (left.remove(owed.act().target(), owed)) {
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
        next.forEach(this::moveToTheEnd);
        Future.join(next.stream().map(this::again).toList()).onComplete(done -> {
            pause = done.succeeded() ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, 2 * pause);
            busy = false;
            logEnd();
            later();
        });
    }

    /** So that those that fail each time leave their turn to the others. */
    private void moveToTheEnd(Owed owed) {
        left.remove(owed.act().target());
        left.put(owed.act().target(), owed);
    }

    /** Fails if there is another attempt to be made. */
    private Future<Void> again(Owed owed) {
        if (!time.instant().isBefore(owed.act().until())) {
            remove(owed);
            return Future.succeededFuture();
        }
        return owed.isBegun().compose(begun -> begun ? write(owed.act()).<Void>mapEmpty() : live(owed));
    }

    private Future<Void> live(Owed owed) {
        if (time.instant().isBefore(owed.since().plus(UNDER_WAY))) {
            return Future.failedFuture(Problem.passing("token: still live"));
        }
        remove(owed);
        return Future.succeededFuture();
    }
}
