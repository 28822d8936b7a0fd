package io.revoker.http;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.bus.CheckOutcome;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        return ask(checks, System.nanoTime() + longest.toNanos());
    }

    private Future<List<CheckOutcome>> ask(List<Check> checks, long until) {
        int size = Math.min(checks.size(), Math.min(SLICE, turns.room()));
        List<Check> behind = checks.subList(size, checks.size());
        Promise<List<CheckOutcome>> rest = Promise.promise();
        return turns.take(size, () -> {
                    if (System.nanoTime() - until > 0) {
                        throw Problem.overloaded("checks: no turn within " + longest.toSeconds() + " s");
                    }
                    askRest(behind, until).onComplete(rest);
                    return bus.checkAll(new CheckAll(checks.subList(0, size)));
                })
                .compose(first -> rest.future().map(others -> concat(first.outcomes(), others)));
    }

    private Future<List<CheckOutcome>> askRest(List<Check> behind, long until) {
        return behind.isEmpty() ? Future.succeededFuture(List.of()) : ask(behind, until);
    }

    private static List<CheckOutcome> concat(List<CheckOutcome> first, List<CheckOutcome> others) {
        List<CheckOutcome> all = new ArrayList<>(first);
        all.addAll(others);
        return all;
    }
}
