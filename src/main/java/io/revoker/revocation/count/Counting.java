package io.revoker.revocation.count;

import io.revoker.bus.Count;
import io.revoker.bus.Revoke;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Single;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says what a revocation would report now. What is registered or revoked meanwhile may be counted or not. Used by one
 * event loop.
 */
public final class Counting {
    private final TokenStore store;
    private final Marks marks;
    private final Context context;
    private final InstantSource time;
    private final Supplier<Duration> patience;
    private final SharedPlaces places;
    private final SingleCounts singles;

    /**
     * @param patience how long a count may take
     * @param places shared by all event loops
     */
    public Counting(
            TokenStore store,
            Marks marks,
            Context context,
            InstantSource time,
            Supplier<Duration> patience,
            SharedPlaces places) {
        this.store = store;
        this.marks = marks;
        this.context = context;
        this.time = time;
        this.patience = patience;
        this.places = places;
        this.singles = new SingleCounts(store, marks, time);
    }

    private Future<Report> ofNoTokens(Target target, Report report) {
        return new HolderLookup(store).hasNoTokens(target).map(none -> none ? report.foundNobody() : report);
    }

    private static Future<Report> known(Report report) {
        return Future.succeededFuture(report);
    }

    /** The report has no stamp. */
    public Future<Report> count(Count request) {
        Revoke what = request.what();
        Target target = what.target();
        if (!what.scope().covers(target)) {
            return Future.failedFuture(Problem.forbidden("target: outside of the caller's realms"));
        }
        Optional<Problem> problem = target.problem(time.instant());
        if (problem.isPresent()) {
            return Future.failedFuture(problem.get());
        }
        if (target instanceof Single one) {
            return singles.count(one, what);
        }
        HolderCounts.Settings settings =
                new HolderCounts.Settings(request.most(), time.instant(), patience.get(), places.counts());
        return new HolderCounts(store, marks, context, time, target, settings)
                .run()
                .compose(report -> report.tally().equals(Tally.NONE) ? ofNoTokens(target, report) : known(report));
    }
}
