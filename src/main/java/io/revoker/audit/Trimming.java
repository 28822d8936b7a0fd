package io.revoker.audit;

import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditStore.Trimmed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Removes old entries again and again, of each series by itself, and then the ends of chains that have none. */
final class Trimming {
    private final Context context;
    private final AuditStore store;
    private final TrailSettings settings;
    private final Repeated again;

    Trimming(Context context, AuditStore store, TrailSettings settings) {
        this.context = context;
        this.store = store;
        this.settings = settings;
        this.again = new Repeated(context, settings.pause(), this::trim);
    }

    void begin() {
        again.begin();
    }

    void end() {
        again.end();
    }

    private Future<Void> trim() {
        Future<Void> trimmed =
                Future.join(trim(Series.ACTS), trim(Series.COUNTS)).mapEmpty();
        Future<Void> dropped = trimmed.transform(done -> store.dropChains(settings.retention()));
        return Future.join(trimmed, dropped).mapEmpty();
    }

    /** Until nothing is too old or too much: entries may be added as fast as a connection takes them. */
    private Future<Void> trim(Series series) {
        Promise<Void> done = Promise.promise();
        trim(series, done, false);
        return done.future();
    }

    private void trim(Series series, Promise<Void> done, boolean early) {
        store.trim(series, settings.retention(), settings.mostBytes(series))
                .onComplete(
                        rest -> {
                            boolean wasEarly = early || rest.early();
                            if (rest.more() && !again.isEnded()) {
                                context.runOnContext(turn -> trim(series, done, wasEarly));
                                return;
                            }
                            if (!rest.more()) {
                                settings.sizes()
                                        .accept(series, new Trimmed(false, rest.bytes(), rest.oldest(), wasEarly));
                            }
                            done.complete();
                        },
                        done::fail);
    }
}
