package io.revoker.net;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/** Threads on which names are looked up: a name server that does not answer must hold up nothing else. */
public final class LookUps {
    private static final int TOGETHER = 4;

    private LookUps() {}

    /** To be closed. All of a Vert.x share the threads. */
    public static WorkerExecutor open(Vertx vertx) {
        return vertx.createSharedWorkerExecutor("revoker-names", TOGETHER);
    }
}
