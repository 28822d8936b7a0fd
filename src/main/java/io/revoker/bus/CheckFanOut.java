package io.revoker.bus;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.domain.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Answers many checks with a handler for one. All are started before the first is answered, so that they can share a
 * batch to the store.
 */
final class CheckFanOut {
    private final CheckOutcome[] outcomes;
    private final Promise<Verdicts> all = Promise.promise();
    private int missing;

    private CheckFanOut(int size) {
        this.outcomes = new CheckOutcome[size];
        this.missing = size;
    }

    static Future<Verdicts> answer(CheckAll request, Function<Check, Future<Verdict>> handler) {
        List<Check> checks = request.checks();
        CheckFanOut gathered = new CheckFanOut(checks.size());
        for (int i = 0; i < checks.size(); i++) {
            int place = i;
            Handlers.to(checks.get(i), handler)
                    .onComplete(
                            verdict -> gathered.put(place, new CheckOutcome.Decided(verdict)),
                            failure -> gathered.put(place, new CheckOutcome.Undecided(Handlers.problem(failure))));
        }
        return gathered.all.future();
    }

    private void put(int place, CheckOutcome outcome) {
        outcomes[place] = outcome;
        missing--;
        if (missing == 0) {
            all.complete(new Verdicts(Arrays.asList(outcomes)));
        }
    }
}
