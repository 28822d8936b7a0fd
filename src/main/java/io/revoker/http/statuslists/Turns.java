package io.revoker.http.statuslists;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Lets some pieces of work go on at a time; others wait for their turn. Used by one event loop only. */
final class Turns {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int busy;

    Turns(int most) {
        this.most = most;
    }

    <T> Future<T> take(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable turn = () -> Future.succeededFuture().compose(go -> work.get()).onComplete(outcome -> {
            busy--;
            next();
            done.handle(outcome);
        });
        waiting.add(turn);
        next();
        return done.future();
    }

    private void next() {
        if (busy < most && !waiting.isEmpty()) {
            busy++;
            waiting.remove().run();
        }
    }
}
