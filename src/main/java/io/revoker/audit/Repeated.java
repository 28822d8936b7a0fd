package io.revoker.audit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again: each time a while after it was done the last time, or has failed. */
final class Repeated {
    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private final Context context;
    private final Duration pause;
    private final Supplier<Future<Void>> task;
    private long timer = -1;
    private boolean ended;

    Repeated(Context context, Duration pause, Supplier<Future<Void>> task) {
        this.context = context;
        this.pause = pause;
        this.task = task;
    }

    void begin() {
        context.runOnContext(turn -> schedule());
    }

    void end() {
        ended = true;
        context.owner().cancelTimer(timer);
    }

    boolean isEnded() {
        return ended;
    }

    private void schedule() {
        if (!ended) {
            timer = context.owner().setTimer(pause.toMillis(), due -> run());
        }
    }

    private void run() {
        task.get()
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("failure", failure.getMessage())
                        .log("audit: not tidied, tried again"))
                .onComplete(done -> schedule());
    }
}
