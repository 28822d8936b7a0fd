package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.bus.Verdicts;
import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.http.BulkQueue;
import io.revoker.http.single.TokenChecks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends the checks of a batch in slices. The next slice is queued when the one before it is sent. So a batch that is
 * alone is in flight as a whole, many batches take turns slice by slice, and single checks come in between. The work
 * before and after a slice is done in its turn, too.
 *
 * @param longest how long a batch may wait for its turns
 */
record SlicedChecks(TokenChecks checks, BulkQueue queue, Duration longest) {
    private static final int SLICE = 128;

    /**
     * The converted slices, in the order of the tokens. Fails with a {@link Problem}, also if the turn of one of the
     * slices does not come in time.
     *
     * @param convert converts the outcomes of a slice, as they arrive
     */
    <T> Future<List<T>> ask(BatchQuestion question, Function<List<CheckOutcome>, T> convert) {
        return ask(question, new Batch<>(longest, convert));
    }

    private <T> Future<List<T>> ask(BatchQuestion question, Batch<T> batch) {
        int size = Math.min(question.size(), Math.min(SLICE, queue.room()));
        Promise<List<T>> rest = Promise.promise();
        return queue.take(size, () -> {
                    batch.requireAnswerable();
                    askRest(question.after(size), batch).onComplete(rest);
                    return batch.watch(question.askFirst(size, checks));
                })
                .compose(first -> rest.future().map(others -> concat(first, others)));
    }

    private <T> Future<List<T>> askRest(BatchQuestion behind, Batch<T> batch) {
        return behind.size() == 0 ? Future.succeededFuture(List.of()) : ask(behind, batch);
    }

    /**
     * Whether the batch can still be answered. After the first failure it can't, and the remaining slices are not
     * needed.
     */
    private static final class Batch<T> {
        private final Duration longest;
        private final Function<List<CheckOutcome>, T> convert;
        private final long until;
        private Optional<RuntimeException> failure = Optional.empty();

        Batch(Duration longest, Function<List<CheckOutcome>, T> convert) {
            this.longest = longest;
            this.convert = convert;
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
                    .map(verdicts -> convert.apply(verdicts.outcomes()));
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
     * The question of a batch of checks. The tokens are hashed slice by slice, when each is sent: hashing all of them
     * at once would block the event loop.
     *
     * @param scope of the caller
     */
    record BatchQuestion(List<String> tokens, RealmScope scope, Check.Kinds kinds) {
        int size() {
            return tokens.size();
        }

        Future<Verdicts> askFirst(int some, TokenChecks checks) {
            return checks.checkAll(tokens.subList(0, some), scope, kinds);
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
