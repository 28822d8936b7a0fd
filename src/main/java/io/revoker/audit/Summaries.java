package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts acts of which there may be many: equal ones share an entry. The entry is announced before the first of them is
 * done, and written when {@link #end} was called and all of them are done.
 */
final class Summaries {
    /** Further ones are counted together, of each kind. */
    private static final int MOST = 1000;

    private static final String FAILED = "failed";

    private final Function<Act, Future<KeptAct>> announce;
    private final BiFunction<KeptAct, Result, Future<Void>> write;
    private Map<Act, Summary> open = new HashMap<>();

    private static final class Summary {
        private final Future<KeptAct> announced;
        private final Promise<Void> idle = Promise.promise();
        private final Map<String, Long> counts = new TreeMap<>();
        private boolean ended;
        private int underWay;

        private Summary(Future<KeptAct> announced) {
            this.announced = announced;
        }

        private void count(String name) {
            counts.merge(name, 1L, Long::sum);
            underWay--;
            settle();
        }

        private void settle() {
            if (ended && underWay == 0) {
                idle.tryComplete();
            }
        }

        private Result result() {
            List<Result.Count> numbers = new ArrayList<>();
            counts.forEach((name, number) -> numbers.add(new Result.Count(name, number)));
            boolean failed = counts.keySet().stream().allMatch(FAILED::equals);
            return Result.of(failed ? Result.State.FAILED : Result.State.DONE).counting(numbers);
        }
    }

    /**
     * @param announce keeps an act
     * @param write its end
     */
    Summaries(Function<Act, Future<KeptAct>> announce, BiFunction<KeptAct, Result, Future<Void>> write) {
        this.announce = announce;
        this.write = write;
    }

    <T> Future<T> count(Act act, Supplier<Future<T>> work, Function<T, String> name) {
        Act counted = open.size() < MOST || open.containsKey(act) ? act : act.ofSeveral();
        Summary summary = open.computeIfAbsent(counted, first -> new Summary(announce.apply(first)));
        summary.underWay++;
        return summary.announced
                .onFailure(failure -> open.remove(counted, summary))
                .compose(announced -> work.get()
                        .onComplete(
                                done -> summary.count(name.apply(done)), failure -> summary.count(outcome(failure))));
    }

    private static String outcome(Throwable failure) {
        Problem.Kind kind = Problem.of(failure).kind();
        return switch (kind) {
            case LOCKED -> "locked";
            case INVALID, FORBIDDEN -> "refused";
            case UNAVAILABLE, UNCOUNTED, OVERLOADED, DAMAGED, INTERNAL -> FAILED;
        };
    }

    /** Ends all; those that begin from now on are counted anew. What could not be announced has nothing under way. */
    Future<Void> end() {
        List<Summary> all = List.copyOf(open.values());
        open = new HashMap<>();
        return Future.join(all.stream().map(this::end).toList()).mapEmpty();
    }

    private Future<Void> end(Summary summary) {
        summary.ended = true;
        summary.settle();
        return summary.announced.compose(
                act -> summary.idle.future().compose(idle -> write.apply(act, summary.result())));
    }
}
