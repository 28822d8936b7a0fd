package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Keeping;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit trail of one event loop. An act is announced, then done, then its entry is written, then it is answered; or
 * it is done and noted in one step, then answered, and then its entry is written. If this instance ends in between,
 * another one makes the entry of what was announced or noted.
 */
public final class Trail implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(Trail.class);

    /** How long before the deadline of an act it is taken into account that another instance has told its end. */
    private static final Duration GUARD = Duration.ofSeconds(3);

    /** For acts that are under way when the trail is closed. */
    private static final long PATIENCE_MILLIS = 3000;

    private final InstantSource time;
    private final AuditStore store;
    private final Context context;
    private final TrailSettings settings;
    private final ChainWriter acts;
    private final ChainWriter counts;
    private final Announcements announcements;
    private final Retractions retractions;
    private final Summaries summaries;
    private final Search search;
    private final NotedActs noted;
    private final Upkeep upkeep;
    private final Set<String> begun = new HashSet<>();
    private final String names;
    private long started;

    /** Completes when it is being closed, and no act is under way any more. */
    private Optional<Promise<Void>> closing = Optional.empty();

    /** Create it on its event loop. */
    public Trail(Context context, AuditStore store, TrailSettings settings, InstantSource time) {
        this.context = context;
        this.settings = settings;
        this.time = time;
        this.store = store;
        this.acts = new ChainWriter(context, store, time, settings, Series.ACTS);
        this.counts = new ChainWriter(context, store, time, settings, Series.COUNTS);
        this.names = acts.newest().chain() + '/';
        this.announcements = new Announcements(context, store);
        this.retractions = new Retractions(context, store::forget);
        this.summaries = new Summaries(this::announce, (act, result) -> end(counts::write, act, result));
        this.search = new Search(store, settings.longestAct());
        this.upkeep = new Upkeep(context, store, settings, time, acts, counts, this::endCounting);
        this.noted = new NotedActs(context, store, time, Optional.of(upkeep::claim));
        upkeep.begin();
    }

    /** Does not wait: those of the next interval must not end later because of one that takes long. */
    private Future<Void> endCounting() {
        summaries
                .end()
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("failure", failure.getMessage())
                        .log("audit: what was counted is not written yet"));
        return Future.succeededFuture();
    }

    @Override
    public <T> Future<T> of(Act act, Function<Keeping, Future<T>> work, Function<T, Optional<Result>> result) {
        if (!acts.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        KeptAct kept = begin(act, settings.longestAct());
        return work.apply(kept)
                .transform(done -> done.succeeded()
                        ? told(kept, result.apply(done.result())).map(done.result())
                        : failed(kept, done.cause()));
    }

    private static Problem noRoom() {
        return Problem.overloaded("audit: too many entries wait to be written (expected: a retry)");
    }

    /** Its spans belong to the trace of the request, although what is announced is announced for several. */
    private static <T> Supplier<Future<T>> inThisContext(Supplier<Future<T>> work) {
        ContextInternal context = ContextInternal.current();
        return () -> {
            ContextInternal interrupted = context.beginDispatch();
            try {
                return work.get();
            } finally {
                context.endDispatch(interrupted);
            }
        };
    }

    /** Nothing was promised, so the caller does not wait for the entry. */
    private <T> Future<T> failed(KeptAct act, Throwable failure) {
        if (act.isNothingAfter(failure)) {
            take(act);
        } else {
            end(acts::write, act, Result.of(failure))
                    .onFailure(unwritten -> LOG.atDebug()
                            .addKeyValue("failure", unwritten.getMessage())
                            .log("audit: entry of a failure not written yet"));
        }
        return Future.failedFuture(failure);
    }

    private Future<Void> told(KeptAct act, Optional<Result> result) {
        if (result.isEmpty()) {
            if (act.isAnnounced()) {
                retractions.add(act.name());
            }
            take(act);
            return Future.succeededFuture();
        }
        Future<Void> entry = act.isNoted()
                ? end(acts::writeLater, act, result.get().ofKnownHolder())
                : end(acts::write, act, result.get());
        return entry.recover(failure -> Future.failedFuture(unwritten(failure, result.get())));
    }

    /** What was asked for is done all the same, and may be asked for again. */
    private static Problem unwritten(Throwable failure, Result result) {
        return Problem.unavailable("audit: done, but not acknowledged, because its entry is not written yet: "
                        + Problem.of(failure).text())
                .after(result.tally().orElse(Tally.NONE));
    }

    private Future<KeptAct> announce(Act act) {
        if (!counts.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        KeptAct kept = begin(act, settings.longestCount());
        return kept.announced().map(kept).onFailure(failure -> take(kept));
    }

    private KeptAct begin(Act act, Duration longest) {
        String name = names + ++started;
        begun.add(name);
        return new KeptAct(name, act, time.instant(), longest, this::announce);
    }

    private Future<Void> announce(String name, Announced what) {
        return announcements.add(name, what).onFailure(failure -> retractions.add(name));
    }

    private Future<Void> end(Function<QueuedEntry, Future<Void>> write, KeptAct act, Result result) {
        String members = act.facts() + ',' + EntryText.result(result, act.target());
        Future<Void> written = write.apply(
                act.isAnnounced() || act.isNoted()
                        ? QueuedEntry.of(members, act.name(), act.deadline().minus(GUARD))
                        : QueuedEntry.of(members));
        take(act);
        return written;
    }

    private void take(KeptAct act) {
        begun.remove(act.name());
        if (begun.isEmpty()) {
            closing.ifPresent(Promise::tryComplete);
        }
    }

    @Override
    public <T> Future<T> counted(Act act, Supplier<Future<T>> work, Function<T, String> name) {
        return summaries.count(act, inThisContext(work), name);
    }

    @Override
    public Future<Void> note(Act act, Result result) {
        ChainWriter writer = act.kind() == Act.Kind.REQUEST ? counts : acts;
        return writer.write(
                QueuedEntry.of(EntryText.facts(act, time.instant()) + ',' + EntryText.result(result, act.target())));
    }

    @Override
    public Future<Page> find(Find request) {
        return noted.written(request).compose(written -> search.find(request));
    }

    @Override
    public Future<Chains> chains() {
        return store.chains().map(Chains::new);
    }

    /** What can't be written gets an entry by another instance. */
    @Override
    public Future<Void> close() {
        upkeep.end();
        return Future.join(summaries.end(), noneUnderWay())
                .transform(done -> Future.join(acts.end(), counts.end(), retractions.end()))
                .transform(done -> upkeep.sign())
                .otherwiseEmpty();
    }

    private Future<Void> noneUnderWay() {
        if (begun.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> none = Promise.promise();
        closing = Optional.of(none);
        long patience = context.owner().setTimer(PATIENCE_MILLIS, late -> none.tryComplete());
        return none.future().onComplete(done -> context.owner().cancelTimer(patience));
    }
}
