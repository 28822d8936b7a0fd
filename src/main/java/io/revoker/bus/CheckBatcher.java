package io.revoker.bus;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.domain.Problem;
import io.revoker.domain.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the checks of one turn of an event loop as one message: all that are asked before the loop takes its next
 * task. A message costs 2 to 3 µs; when twenty checks share one, each costs next to nothing. A turn with more checks
 * than fit into a message sends several.
 */
final class CheckBatcher {
    private static final Logger LOG = LoggerFactory.getLogger(CheckBatcher.class);

    private final Context context;
    private final Function<CheckAll, Future<Verdicts>> bus;
    private List<Check> checks = new ArrayList<>();
    private List<Promise<Verdict>> callers = new ArrayList<>();

    CheckBatcher(Context context, Function<CheckAll, Future<Verdicts>> bus) {
        this.context = context;
        this.bus = bus;
    }

    Future<Verdict> ask(Check check) {
        Promise<Verdict> caller = Promise.promise();
        checks.add(check);
        callers.add(caller);
        if (checks.size() == 1) {
            context.runOnContext(endOfTurn -> send());
        } else if (checks.size() == CheckAll.MAX) {
            send();
        }
        return caller.future();
    }

    private void send() {
        if (checks.isEmpty()) {
            return;
        }
        CheckAll all = new CheckAll(checks);
        List<Promise<Verdict>> waiting = callers;
        checks = new ArrayList<>();
        callers = new ArrayList<>();
        Handlers.to(all, bus).onComplete(verdicts -> deliver(verdicts, waiting), failure -> fail(waiting, failure));
    }

    /** If the number of answers is wrong, none can be assigned to its check. */
    private static void deliver(Verdicts verdicts, List<Promise<Verdict>> waiting) {
        List<CheckOutcome> outcomes = verdicts.outcomes();
        if (outcomes.size() != waiting.size()) {
            fail(waiting, Problem.internal("verdicts: " + outcomes.size() + " (expected: " + waiting.size() + ")"));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            complete(waiting.get(i), outcomes.get(i));
        }
    }

    private static void fail(List<Promise<Verdict>> waiting, Throwable failure) {
        CheckOutcome outcome = new CheckOutcome.Undecided(Handlers.problem(failure));
        waiting.forEach(caller -> complete(caller, outcome));
    }

    /** If one caller's handler fails, the other callers must still get their answers. */
    private static void complete(Promise<Verdict> caller, CheckOutcome outcome) {
        try {
            outcome.match(
                    decided -> caller.tryComplete(decided.verdict()), undecided -> caller.tryFail(undecided.problem()));
        } catch (RuntimeException | Error e) {
            LOG.error("answer handler failed", e);
        }
    }
}
