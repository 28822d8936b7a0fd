package io.revoker.audit;

import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Keeping;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A trail to which nothing is added. What was kept before can be read, until it is too old. */
public final class ClosedTrail implements AuditTrail {
    private final AuditStore store;
    private final Search search;
    private final NotedActs noted;
    private final Trimming trimming;

    /** Create it on its event loop. */
    public ClosedTrail(Context context, AuditStore store, TrailSettings settings, InstantSource time) {
        this.store = store;
        this.search = new Search(store, settings.longestAct());
        this.noted = new NotedActs(context, store, time, Optional.empty());
        this.trimming = new Trimming(context, store, settings);
        trimming.begin();
    }

    @Override
    public <T> Future<T> of(Act act, Function<Keeping, Future<T>> work, Function<T, Optional<Result>> result) {
        return NONE.of(act, work, result);
    }

    @Override
    public <T> Future<T> counted(Act act, Supplier<Future<T>> work, Function<T, String> name) {
        return NONE.counted(act, work, name);
    }

    @Override
    public Future<Void> note(Act act, Result result) {
        return NONE.note(act, result);
    }

    @Override
    public Future<Page> find(Find request) {
        return noted.written(request).compose(written -> search.find(request));
    }

    @Override
    public Future<Chains> chains() {
        return store.chains().map(Chains::new);
    }

    @Override
    public Future<Void> close() {
        trimming.end();
        return Future.succeededFuture();
    }
}
