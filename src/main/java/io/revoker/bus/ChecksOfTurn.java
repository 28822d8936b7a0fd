package io.revoker.bus;

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
 * Sends the checks that are asked within one turn of an event loop as one message: a message of its own costs a check 2 to 3 µs, of twenty that
 * share one each pays next to nothing. A turn with more than fit into a message sends several.
 */
final class ChecksOfTurn {
    private static final Logger LOG = LoggerFactory.getLogger(ChecksOfTurn.class);

    private final Context context;
    private final Function<CheckAll, Future<Verdicts>> bus;
    private List<Check> checks = new ArrayList<>();
    private List<Promise<Verdict>> askers = new ArrayList<>();

    ChecksOfTurn(Context context, Function<CheckAll, Future<Verdicts>> bus) {
        this.context = context;
        this.bus = bus;
    }

    Future<Verdict> ask(Check check) {
        Promise<Verdict> asker = Promise.promise();
        checks.add(check);
        askers.add(asker);
        if (checks.size() == 1) {
            context.runOnContext(endOfTurn -> send());
        } else if (checks.size() == CheckAll.MAX) {
            send();
        }
        return asker.future();
    }

    private void send() {
        if (checks.isEmpty()) {
            return;
        }
        CheckAll all = new CheckAll(checks);
        List<Promise<Verdict>> waiting = askers;
        checks = new ArrayList<>();
        askers = new ArrayList<>();
        Answering.to(all, bus).onComplete(verdicts -> hand(verdicts, waiting), failure -> fail(waiting, failure));
    }

    /** An answer that is too long or too short is nobody's. */
    private static void hand(Verdicts verdicts, List<Promise<Verdict>> waiting) {
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
        CheckOutcome outcome = new CheckOutcome.Undecided(Answering.problem(failure));
        waiting.forEach(asker -> complete(asker, outcome));
    }

    /** What an asker does with its answer must not keep the others from theirs. */
    private static void complete(Promise<Verdict> asker, CheckOutcome outcome) {
        try {
            outcome.match(
                    decided -> asker.tryComplete(decided.verdict()), undecided -> asker.tryFail(undecided.problem()));
        } catch (RuntimeException | Error e) {
            LOG.error("answer not taken", e);
        }
    }
}
