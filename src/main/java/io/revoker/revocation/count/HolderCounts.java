package io.revoker.revocation.count;

import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One count of the tokens of a target. */
final class HolderCounts implements HolderWalk.Visitor {
    private static final int TOGETHER = 64;

    /** Lines that are reported. */
    private static final int MOST_ERRORS = 100;

    private final TokenStore store;
    private final Marks marks;
    private final InstantSource time;
    private final Choice choice;
    private final Settings settings;
    private final HolderWalk walk;
    private Tally sum = Tally.NONE;
    private final List<String> errors = new ArrayList<>();
    private long damages;

    HolderCounts(TokenStore store, Marks marks, Context context, InstantSource time, Target target, Settings settings) {
        this.store = store;
        this.marks = marks;
        this.time = time;
        this.choice = Choice.of(target);
        this.settings = settings;
        this.walk = new HolderWalk(store, context, target, settings.places(), this);
    }

    /**
     * Where it ends.
     *
     * @param most with more live tokens it ends early
     * @param places where a count of many holders needs one
     */
    record Settings(long most, Instant began, Duration patience, HolderPlaces places) {}

    /** The report has no stamp. */
    Future<Report> run() {
        return walk.run()
                .compose(end -> end == HolderWalk.End.ALL || isMany()
                        ? Future.succeededFuture(Report.of(Stamp.NONE, sum, damages, errors))
                        : Future.failedFuture(Problem.unavailable("count: not ended after "
                                + settings.patience().toMillis() + " ms (sweep.patience); live tokens until then: "
                                + sum.invalidated())));
    }

    private boolean isMany() {
        return sum.invalidated() > settings.most();
    }

    @Override
    public boolean hasEnough() {
        return isMany() || settings.began().plus(settings.patience()).isBefore(time.instant());
    }

    @Override
    public int together() {
        return TOGETHER;
    }

    @Override
    public Future<Optional<String>> visit(Holding holding, String from) {
        return store.count(holding, from, choice).map(counted -> {
            add(counted);
            return counted.next();
        });
    }

    private void add(Counted counted) {
        for (OfGrant grant : counted.grants()) {
            if (grant.live() > 0 && !marks.newestFor(grant.holder()).isAfter(grant.birth())) {
                sum = sum.plus(new Tally(grant.live(), grant.dead()));
            }
        }
        damages += counted.errors().size();
        counted.errors().stream().limit(MOST_ERRORS - errors.size()).forEach(errors::add);
    }
}
