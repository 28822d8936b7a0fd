package io.revoker.bus;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.bus.Verdicts.CheckOutcome.Decided;
import io.revoker.domain.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks for what is not known near, and remembers the answers. */
record NearChecks(NearAnswers near) {

    Future<Verdict> check(Check check, Function<Check, Future<Verdict>> store) {
        Optional<Verdict> known = near.find(check);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        long askedAt = near.now();
        return store.apply(check).onSuccess(verdict -> near.learn(check, verdict, askedAt));
    }

    Future<Verdicts> checkAll(CheckAll request, Function<CheckAll, Future<Verdicts>> store) {
        List<Optional<Verdict>> known =
                request.checks().stream().map(near::find).toList();
        List<Check> unknown = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isEmpty()) {
                unknown.add(request.checks().get(i));
            }
        }
        if (unknown.isEmpty()) {
            return Future.succeededFuture(together(known, List.of()));
        }
        long askedAt = near.now();
        return store.apply(new CheckAll(unknown)).map(answer -> {
            List<CheckOutcome> outcomes = answer.outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Decided decided) {
                    near.learn(unknown.get(i), decided.verdict(), askedAt);
                }
            }
            return together(known, outcomes);
        });
    }

    /** In the order of the checks. */
    private static Verdicts together(List<Optional<Verdict>> known, List<CheckOutcome> others) {
        List<CheckOutcome> all = new ArrayList<>();
        int next = 0;
        for (Optional<Verdict> one : known) {
            all.add(one.isPresent() ? new Decided(one.get()) : others.get(next++));
        }
        return new Verdicts(all);
    }
}
