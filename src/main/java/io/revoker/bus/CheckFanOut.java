package io.revoker.bus;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.domain.Verdict;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Answers many checks with a handler for one. All are started before the first is answered, so that they can share a
 * batch to the store.
 */
record CheckFanOut(Function<Check, Future<Verdict>> handler) {

    Future<Verdicts> answer(CheckAll request) {
        List<Check> checks = request.checks();
        Gathering gathering = new Gathering(checks.size());
        for (int i = 0; i < checks.size(); i++) {
            Future<Verdict> verdict = Handlers.to(checks.get(i), handler);
            verdict.onComplete(new Place(gathering, i));
        }
        return gathering.all.future();
    }

    /** Collects the outcomes. */
    private static final class Gathering {
        private final CheckOutcome[] outcomes;
        private final Promise<Verdicts> all = Promise.promise();
        private int missing;

        Gathering(int size) {
            this.outcomes = new CheckOutcome[size];
            this.missing = size;
        }

        void put(int place, CheckOutcome outcome) {
            outcomes[place] = outcome;
            missing--;
            if (missing == 0) {
                all.complete(new Verdicts(Arrays.asList(outcomes)));
            }
        }
    }

    /** The position of an answer. */
    private record Place(Gathering gathering, int index) implements Completable<Verdict> {
        @Override
        public void complete(Verdict verdict, Throwable failure) {
            gathering.put(
                    index,
                    failure == null
                            ? new CheckOutcome.Decided(verdict)
                            : new CheckOutcome.Undecided(Handlers.problem(failure)));
        }
    }
}
