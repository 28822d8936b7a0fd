package io.revoker.vertx;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;

/** On which thread a connection is used: that of its context. */
record Turn(Optional<Context> context) {
    /** That of the caller, if it has one. */
    static Turn here() {
        return new Turn(Optional.ofNullable(Vertx.currentContext()));
    }

    void run(Runnable task) {
        context.ifPresentOrElse(its -> its.runOnContext(now -> task.run()), task);
    }
}
