package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit trail of one event loop. An act is announced, then done, then its entry is written, then it is answered. If
 * this instance ends in between, another one makes the entry of what was announced.
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
    private final Upkeep upkeep;
    private final Map<String, Begun> begun = new HashMap<>();
    private final String names;
    private long announced;

    /** Completes when it is being closed, and no act is under way any more. */
    private Optional<Promise<Void>> closing = Optional.empty();

    /** @param deadline from then on, another instance may tell its end */
    private record Begun(String facts, Optional<Target> target, Instant deadline) {}

    /** Create it on its event loop. */
    public Trail(Context context, AuditStore store, TrailSettings settings, InstantSource time) {
        this.context = context;
        this.settings = settings;
        this.time = time;
        this.store = store;
        this.acts = new ChainWriter(context, store, time, settings, Series.ACTS);
        this.counts = new ChainWriter(context, store, time, settings, Series.COUNTS);
        this.names = acts.chain() + '/';
        this.announcements = new Announcements(context, store);
        this.retractions = new Retractions(context, store::forget);
        this.summaries = new Summaries(this::announce, (name, result) -> end(counts, name, result));
        this.search = new Search(store, settings.longestAct());
        this.upkeep = new Upkeep(context, store, settings, time, acts, counts, this::endCounting);
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
    public <T> Future<T> of(Act act, Function<Future<Void>, Future<T>> work, Function<T, Optional<Result>> result) {
        if (!acts.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        String name = newName();
        // Completes in the context of the request, although what is announced is announced for several.
        Promise<Void> kept = ContextInternal.current().promise();
        keep(name, act, settings.longestAct()).onComplete(kept);
        return work.apply(kept.future())
                .transform(done -> done.succeeded()
                        ? told(name, result.apply(done.result())).map(done.result())
                        : failed(name, kept.future(), done.cause()));
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

    /** Nothing was promised, so the caller does not wait for the entry. What was not announced was not done. */
    private <T> Future<T> failed(String name, Future<Void> kept, Throwable failure) {
        if (kept.failed()) {
            take(name);
        } else {
            end(acts, name, Result.of(failure))
                    .onFailure(unwritten -> LOG.atDebug()
                            .addKeyValue("failure", unwritten.getMessage())
                            .log("audit: entry of a failure not written yet"));
        }
        return Future.failedFuture(failure);
    }

    private Future<Void> told(String name, Optional<Result> result) {
        if (result.isEmpty()) {
            retractions.add(name);
            take(name);
            return Future.succeededFuture();
        }
        return end(acts, name, result.get()).recover(failure -> Future.failedFuture(unwritten(failure, result.get())));
    }

    /** What was asked for is done all the same, and may be asked for again. */
    private static Problem unwritten(Throwable failure, Result result) {
        return Problem.unavailable("audit: done, but not acknowledged, because its entry is not written yet: "
                        + Problem.of(failure).text())
                .after(result.tally().orElse(Tally.NONE));
    }

    private Future<String> announce(Act act) {
        if (!counts.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        String name = newName();
        return keep(name, act, settings.longestCount()).map(name).onFailure(failure -> take(name));
    }

    private String newName() {
        return names + ++announced;
    }

    private Future<Void> keep(String name, Act act, Duration longest) {
        Instant now = time.instant();
        Announced what = new Announced(now.plus(longest), EntryText.facts(act, now));
        begun.put(name, new Begun(what.facts(), act.target(), what.deadline()));
        return announcements.add(name, what).onFailure(failure -> retractions.add(name));
    }

    private Future<Void> end(ChainWriter writer, String name, Result result) {
        Optional<Begun> known = Optional.ofNullable(begun.get(name));
        Future<Void> written = known.map(act -> writer.write(QueuedEntry.of(
                        act.facts() + ',' + EntryText.result(result, act.target()),
                        name,
                        act.deadline().minus(GUARD))))
                .orElseGet(Future::succeededFuture);
        take(name);
        return written;
    }

    private void take(String name) {
        begun.remove(name);
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
        return search.find(request);
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
