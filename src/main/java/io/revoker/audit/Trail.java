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
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final InstantSource time;
    private final AuditStore store;
    private final ChainWriter writer;
    private final Announcements announcements;
    private final Summaries summaries;
    private final Search search;
    private final Upkeep upkeep;
    private final Map<String, Begun> begun = new HashMap<>();
    private final String names;
    private long announced;

    private record Begun(String facts, Optional<Target> target) {}

    /**
     * Create it on its event loop.
     *
     * @param copy gets the lines that were written
     */
    public Trail(
            Context context,
            AuditStore store,
            TrailSettings settings,
            InstantSource time,
            Consumer<List<String>> copy) {
        this.time = time;
        this.store = store;
        this.writer = new ChainWriter(context, store, time, settings.retention(), copy);
        this.names = writer.chain() + '/';
        this.announcements = new Announcements(context, store);
        this.summaries = new Summaries(this::announce, this::end);
        this.search = new Search(store);
        this.upkeep = new Upkeep(context, store, settings, time, writer, summaries::end);
        upkeep.begin();
    }

    @Override
    public <T> Future<T> of(Act act, Function<Future<Void>, Future<T>> work, Function<T, Optional<Result>> result) {
        if (!writer.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        String name = newName();
        // Completes in the context of the request, although what is announced is announced for several.
        Promise<Void> kept = ContextInternal.current().promise();
        keep(name, act).onComplete(kept);
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
            begun.remove(name);
        } else {
            end(name, Result.of(failure))
                    .onFailure(unwritten -> LOG.atDebug()
                            .addKeyValue("failure", unwritten.getMessage())
                            .log("audit: entry of a failure not written yet"));
        }
        return Future.failedFuture(failure);
    }

    private Future<Void> told(String name, Optional<Result> result) {
        if (result.isEmpty()) {
            begun.remove(name);
            announcements.forget(name);
            return Future.succeededFuture();
        }
        return end(name, result.get()).recover(failure -> Future.failedFuture(unwritten(failure, result.get())));
    }

    /** What was asked for is done all the same, and may be asked for again. */
    private static Problem unwritten(Throwable failure, Result result) {
        return Problem.unavailable("audit: done, but not acknowledged, because its entry is not written yet: "
                        + Problem.of(failure).text())
                .after(result.tally().orElse(Tally.NONE));
    }

    private Future<String> announce(Act act) {
        if (!writer.hasRoom()) {
            return Future.failedFuture(noRoom());
        }
        String name = newName();
        return keep(name, act).map(name).onFailure(failure -> begun.remove(name));
    }

    private String newName() {
        return names + ++announced;
    }

    private Future<Void> keep(String name, Act act) {
        Instant now = time.instant();
        Announced what = new Announced(now, EntryText.facts(act, now));
        begun.put(name, new Begun(what.facts(), act.target()));
        return announcements.add(name, what).onFailure(failure -> announcements.forget(name));
    }

    private Future<Void> end(String name, Result result) {
        return Optional.ofNullable(begun.remove(name))
                .map(known -> writer.write(known.facts() + ',' + EntryText.result(result, known.target()), name))
                .orElseGet(Future::succeededFuture);
    }

    @Override
    public <T> Future<T> counted(Act act, Supplier<Future<T>> work, Function<T, String> name) {
        return summaries.count(act, inThisContext(work), name);
    }

    @Override
    public Future<Void> note(Act act, Result result) {
        return writer.write(EntryText.facts(act, time.instant()) + ',' + EntryText.result(result, act.target()), "");
    }

    @Override
    public Future<Page> find(Find request) {
        return search.find(request);
    }

    @Override
    public Future<Chains> chains() {
        return store.chains().map(Chains::new);
    }

    /** What could not be written gets an entry by another instance. */
    @Override
    public Future<Void> close() {
        upkeep.end();
        return summaries.end().otherwiseEmpty().onComplete(ended -> {
            writer.end();
            announcements.end();
        });
    }
}
