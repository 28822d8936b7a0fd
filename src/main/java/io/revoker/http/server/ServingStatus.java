package io.revoker.http.server;

import java.util.function.BooleanSupplier;

/** Whether the service can do its work, as health checks by gRPC tell it. Used by all event loops. */
public final class ServingStatus {
    private final BooleanSupplier draining;
    private volatile boolean ready;

    public ServingStatus(BooleanSupplier draining) {
        this.draining = draining;
    }

    void ready(boolean now) {
        ready = now;
    }

    boolean isServing() {
        return ready && !draining.getAsBoolean();
    }
}
