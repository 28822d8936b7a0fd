package io.revoker.http;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.bus.CheckOutcome;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.Verdicts;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the checks of a batch in slices. The next slice gets into the line when the one before it is sent, so a batch alone is under way as a whole, of
 * many each has a slice in its turn, and single checks come in between.
 *
 * @param longest how long a batch may wait for its turns
 */
record SlicedChecks(RevokerBus bus, Turns turns, Duration longest) {
    private static final int SLICE = 128;

    /** The outcomes in the order of the checks. Fails with a {@link Problem}, also if the turn of one of the slices does not come in time. */
    Future<List<CheckOutcome>> ask(List<Check> checks) {
        return ask(checks, new Batch(longest));
    }

    private Future<List<CheckOutcome>> ask(List<Check> checks, Batch batch) {
        int size = Math.min(checks.size(), Math.min(SLICE, turns.room()));
        List<Check> behind = checks.subList(size, checks.size());
        Promise<List<CheckOutcome>> rest = Promise.promise();
        return turns.take(size, () -> {
                    batch.requireAnswerable();
                    askRest(behind, batch).onComplete(rest);
                    return batch.watch(bus.checkAll(new CheckAll(checks.subList(0, size))));
                })
                .compose(first -> rest.future().map(others -> concat(first.outcomes(), others)));
    }

    private Future<List<CheckOutcome>> askRest(List<Check> behind, Batch batch) {
        return behind.isEmpty() ? Future.succeededFuture(List.of()) : ask(behind, batch);
    }

    /** Whether there can still be an answer. After the first failure there is none, and nobody needs the slices behind. */
    private static final class Batch {
        private final Duration longest;
        private final long until;
        private Optional<RuntimeException> failure = Optional.empty();

        Batch(Duration longest) {
            this.longest = longest;
            this.until = System.nanoTime() + longest.toNanos();
        }

        void requireAnswerable() {
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (System.nanoTime() - until > 0) {
                throw Problem.overloaded("checks: no turn within " + longest.toMillis() + " ms");
            }
        }

        Future<Verdicts> watch(Future<Verdicts> asked) {
            return asked.onSuccess(verdicts -> verdicts.outcomes().forEach(this::look))
                    .onFailure(unanswered -> fail(Problem.unavailable("checks: not answered")));
        }

        private void look(CheckOutcome outcome) {
            if (outcome instanceof CheckOutcome.Undecided undecided) {
                fail(undecided.problem());
            }
        }

        private void fail(RuntimeException problem) {
            if (failure.isEmpty()) {
                failure = Optional.of(problem);
            }
        }
    }

    private static List<CheckOutcome> concat(List<CheckOutcome> first, List<CheckOutcome> others) {
        List<CheckOutcome> all = new ArrayList<>(first);
        all.addAll(others);
        return all;
    }
}
