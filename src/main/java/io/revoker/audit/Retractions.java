package io.revoker.audit;

import io.revoker.domain.audit.AuditStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back announcements that came to nothing, one call after the other. After a failure it waits before the next
 * call, however many are added meanwhile: while Redis can't be reached, every act adds one.
 */
final class Retractions {
    private static final Logger LOG = LoggerFactory.getLogger(Retractions.class);
    private static final int MOST_WAITING = 20_000;
    private static final long PAUSE_MILLIS = 500;

    private final Context context;
    private final Function<List<String>, Future<Void>> forget;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Promise<Void> over = Promise.promise();

    /** Of the next call, if it is waited for. */
    private long timer = -1;

    private boolean busy;
    private boolean ended;

    /** @param forget takes back some, in one call */
    Retractions(Context context, Function<List<String>, Future<Void>> forget) {
        this.context = context;
        this.forget = forget;
    }

    /** What can't be taken back in time gets an entry that says that its end is not known. */
    void add(String name) {
        if (waiting.size() >= MOST_WAITING) {
            return;
        }
        waiting.add(name);
        if (!busy) {
            busy = true;
            context.runOnContext(turn -> next());
        }
    }

    private void next() {
        if (waiting.isEmpty()) {
            busy = false;
            completeIfEnded();
            return;
        }
        List<String> some = new ArrayList<>();
        while (!waiting.isEmpty() && some.size() < AuditStore.MOST_LINES) {
            some.add(waiting.remove());
        }
        forget.apply(some).onComplete(done -> context.runOnContext(turn -> next()), failure -> later(some, failure));
    }

    private void later(List<String> some, Throwable failure) {
        LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("audit: not forgotten yet");
        if (ended) {
            waiting.clear();
            next();
            return;
        }
        Collections.reverse(some);
        some.forEach(waiting::addFirst);
        timer = context.owner().setTimer(PAUSE_MILLIS, due -> {
            timer = -1;
            next();
        });
    }

    /** Completes when all are taken back, or one more attempt has failed. */
    Future<Void> end() {
        ended = true;
        if (timer >= 0 && context.owner().cancelTimer(timer)) {
            timer = -1;
            next();
        }
        if (!busy) {
            completeIfEnded();
        }
        return over.future();
    }

    private void completeIfEnded() {
        if (ended) {
            over.tryComplete();
        }
    }
}
