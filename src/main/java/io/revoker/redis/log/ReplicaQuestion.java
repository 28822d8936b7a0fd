package io.revoker.redis.log;

import io.revoker.redis.link.Confirmed;
import io.revoker.redis.link.ReplicaCount;
import io.revoker.redis.link.Witness;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/**
 * Asks one primary how many replicas have all that it has written, one question at a time. Whoever comes while a question is out shares the next one with
 * all others that do: each question is about everything that was written before it.
 */
final class ReplicaQuestion {
    private final Context context;
    private final ReplicaCount count;
    private final Runnable idle;
    private Optional<Promise<Confirmed>> next = Optional.empty();
    private boolean asking;

    /** @param idle told when nobody waits any longer */
    ReplicaQuestion(Context context, ReplicaCount count, Runnable idle) {
        this.context = context;
        this.count = count;
        this.idle = idle;
    }

    Future<Confirmed> await(Witness witness) {
        return next.orElseGet(() -> prepare(witness)).future();
    }

    /** To be asked at the end of this turn, for all that want to know in it. */
    private Promise<Confirmed> prepare(Witness witness) {
        Promise<Confirmed> shared = Promise.promise();
        next = Optional.of(shared);
        if (!asking) {
            asking = true;
            context.runOnContext(turn -> ask(shared, witness));
        }
        return shared;
    }

    private void ask(Promise<Confirmed> shared, Witness witness) {
        next = Optional.empty();
        witness.ask(count).onComplete(answer -> {
            next.ifPresentOrElse(waiting -> context.runOnContext(turn -> ask(waiting, witness)), this::rest);
            shared.handle(answer);
        });
    }

    private void rest() {
        asking = false;
        idle.run();
    }
}
