package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.bus.CheckOutcome;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.Verdicts;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.http.Turns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks for the checks of a batch in slices. The next slice gets into the line when the one before it is sent, so a batch alone is under way as a whole, of
 * many each has a slice in its turn, and single checks come in between. What is made of a slice, before and after, is made in its turn, too.
 *
 * @param longest how long a batch may wait for its turns
 */
record SlicedChecks(RevokerBus bus, Turns turns, Duration longest) {
    private static final int SLICE = 128;

    /**
     * What is told of the slices, in the order of the tokens. Fails with a {@link Problem}, also if the turn of one of the slices does not come in time.
     *
     * @param told what is told of the outcomes of a slice, made as they come
     */
    <T> Future<List<T>> ask(BatchQuestion question, Function<List<CheckOutcome>, T> told) {
        return ask(question, new Batch<>(longest, told));
    }

    private <T> Future<List<T>> ask(BatchQuestion question, Batch<T> batch) {
        int size = Math.min(question.size(), Math.min(SLICE, turns.room()));
        Promise<List<T>> rest = Promise.promise();
        return turns.take(size, () -> {
                    batch.requireAnswerable();
                    askRest(question.after(size), batch).onComplete(rest);
                    return batch.watch(bus.checkAll(question.first(size)));
                })
                .compose(first -> rest.future().map(others -> concat(first, others)));
    }

    private <T> Future<List<T>> askRest(BatchQuestion behind, Batch<T> batch) {
        return behind.size() == 0 ? Future.succeededFuture(List.of()) : ask(behind, batch);
    }

    /** Whether there can still be an answer. After the first failure there is none, and nobody needs the slices behind. */
    private static final class Batch<T> {
        private final Duration longest;
        private final Function<List<CheckOutcome>, T> told;
        private final long until;
        private Optional<RuntimeException> failure = Optional.empty();

        Batch(Duration longest, Function<List<CheckOutcome>, T> told) {
            this.longest = longest;
            this.told = told;
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

        Future<T> watch(Future<Verdicts> asked) {
            return asked.onSuccess(verdicts -> verdicts.outcomes().forEach(this::look))
                    .onFailure(unanswered -> fail(Problem.unavailable("checks: not answered")))
                    .map(verdicts -> told.apply(verdicts.outcomes()));
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

    private static <T> List<T> concat(T first, List<T> others) {
        List<T> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return all;
    }

    /**
     * What a batch of checks asks. The tokens are hashed slice by slice, when they are asked for: all of them at once would keep the event loop.
     *
     * @param scope of the caller
     */
    record BatchQuestion(List<String> tokens, RealmScope scope, Check.Kinds kinds) {
        int size() {
            return tokens.size();
        }

        CheckAll first(int some) {
            return new CheckAll(tokens.subList(0, some).stream()
                    .map(token -> new Check(token, scope, kinds))
                    .toList());
        }

        BatchQuestion after(int some) {
            return new BatchQuestion(tokens.subList(some, tokens.size()), scope, kinds);
        }

        @Override
        public String toString() {
            return "BatchQuestion[tokens=" + tokens.size() + "]";
        }
    }
}
