package io.revoker.audit;

import io.vertx.core.Context;

/** A while in which entries come together that are not waited for; used by one event loop. */
final class Linger {
    private static final long MILLIS = 25;
    private static final long NONE = -1;

    private final Context context;
    private final Runnable then;
    private long timer = NONE;

    /** @param then what is done when it is over */
    Linger(Context context, Runnable then) {
        this.context = context;
        this.then = then;
    }

    void begin() {
        timer = context.owner().setTimer(MILLIS, due -> {
            timer = NONE;
            then.run();
        });
    }

    /** Whether it had begun, and is not over: then nothing is done at its end. */
    boolean cut() {
        boolean cut = timer != NONE && context.owner().cancelTimer(timer);
        timer = NONE;
        return cut;
    }
}
