package io.revoker.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;

/**
 * Asks how many replicas have all that their primaries have written, one question at a time; used by one event loop only.
 *
 * <p>Redis lets a connection wait that has asked. So this one is asked on a connection that nothing else needs, and whoever comes while a question is
 * out shares the next one with all others that do: each question is about everything that was written before it.
 */
final class Confirmations {
    private final Context context;
    private final RedisLink link;
    private final ReplicaCount count;
    private final Spans spans;
    private Optional<Promise<List<Confirmed>>> next = Optional.empty();
    private boolean asking;

    /** @param link on which the replicas are waited for */
    Confirmations(Context context, RedisLink link, ReplicaCount count) {
        this.context = context;
        this.link = link;
        this.count = count;
        this.spans = new Spans(context);
    }

    /** What each primary says of what was written until now. */
    Future<List<Confirmed>> await() {
        Promise<List<Confirmed>> shared = next.orElseGet(this::prepare);
        Promise<List<Confirmed>> mine = spans.promise("wait");
        shared.future().onComplete(mine);
        return mine.future();
    }

    /** To be asked at the end of this turn, for all that want to know in it. */
    private Promise<List<Confirmed>> prepare() {
        Promise<List<Confirmed>> shared = Promise.promise();
        next = Optional.of(shared);
        if (!asking) {
            asking = true;
            context.runOnContext(turn -> ask(shared));
        }
        return shared;
    }

    private void ask(Promise<List<Confirmed>> shared) {
        next = Optional.empty();
        link.confirm(count).onComplete(answer -> {
            next.ifPresentOrElse(waiting -> context.runOnContext(turn -> ask(waiting)), () -> asking = false);
            shared.handle(answer);
        });
    }
}
