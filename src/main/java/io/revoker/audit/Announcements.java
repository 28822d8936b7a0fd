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
    private Map<String, Announced> collected = new HashMap<>();
    private Promise<Void> kept = Promise.promise();
    private boolean scheduled;

    /** In whose trace the call is. */
    private ContextInternal first = ContextInternal.current();

    Announcements(Context context, AuditStore store) {
        this.context = context;
        this.store = store;
    }

    /** Succeeds once it is kept; one that failed may be kept all the same. */
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
