package io.revoker.audit;

import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces acts before they are done, all of one turn of the event loop together. */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private static final int MOST_FORGOTTEN = 20_000;
    private static final long PAUSE_MILLIS = 500;

    private final Context context;
    private final AuditStore store;
    private Map<String, Announced> collected = new HashMap<>();
    private Promise<Void> kept = Promise.promise();
    private List<String> forgotten = new ArrayList<>();
    private boolean scheduled;
    private boolean ended;

    /** In whose trace the call is. */
    private ContextInternal first = ContextInternal.current();

    Announcements(Context context, AuditStore store) {
        this.context = context;
        this.store = store;
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

    /**
     * It came to nothing, or its announcement failed, which may be kept all the same. If that can't be taken back in
     * time, it gets an entry that says that its end is not known.
     */
    void forget(String name) {
        forgotten.add(name);
        sendSoon();
    }

    /** Nothing is tried again from now on. */
    void end() {
        ended = true;
    }

    private void sendSoon() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                announce();
                forget();
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

    private void forget() {
        if (forgotten.isEmpty()) {
            return;
        }
        List<String> acts = forgotten;
        forgotten = new ArrayList<>();
        store.forget(acts).onFailure(failure -> {
            LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("audit: not forgotten yet");
            if (!ended && forgotten.size() < MOST_FORGOTTEN) {
                forgotten.addAll(acts);
                context.owner().setTimer(PAUSE_MILLIS, timer -> sendSoon());
            }
        });
    }
}
