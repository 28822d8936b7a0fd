package io.revoker.audit;

import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.Map;

/** Announces acts before they are done, all of one turn of the event loop together. */
final class Announcements {
    private final Context context;
    private final AuditStore store;
    private final Retractions retractions;
    private Map<String, Announced> collected = new HashMap<>();
    private Promise<Void> kept = Promise.promise();
    private boolean scheduled;

    /** In whose trace the call is. */
    private ContextInternal first = ContextInternal.current();

    Announcements(Context context, AuditStore store) {
        this.context = context;
        this.store = store;
        this.retractions = new Retractions(context, store::forget);
    }

    /** Succeeds once it is kept. */
    Future<Void> add(String name, Announced act) {
        if (collected.isEmpty()) {
            first = ContextInternal.current();
        }
        collected.put(name, act);
        Future<Void> result = kept.future();
        if (collected.size() >= AuditStore.MOST_LINES) {
            announce();
        }
        sendSoon();
        return result;
    }

    /** It came to nothing, or its announcement failed, which may be kept all the same. */
    void forget(String name) {
        retractions.add(name);
    }

    /** Completes when what came to nothing is taken back, or can't be. */
    Future<Void> end() {
        return retractions.end();
    }

    private void sendSoon() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                announce();
            });
        }
    }

    private void announce() {
        if (collected.isEmpty()) {
            return;
        }
        Map<String, Announced> acts = collected;
        Promise<Void> done = kept;
        collected = new HashMap<>();
        kept = Promise.promise();
        ContextInternal interrupted = first.beginDispatch();
        try {
            store.announce(acts).onComplete(done);
        } finally {
            first.endDispatch(interrupted);
        }
    }
}
