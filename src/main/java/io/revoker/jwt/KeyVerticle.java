package io.revoker.jwt;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/** Refreshes the keys of all realms and clients from time to time, as long as it is deployed. */
public final class KeyVerticle extends VerticleBase {
    private final RealmVerifier realms;
    private final ClientAssertions clients;
    private final Duration interval;

    public KeyVerticle(RealmVerifier realms, ClientAssertions clients, Duration interval) {
        this.realms = realms;
        this.clients = clients;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(interval.toMillis(), timer -> {
            realms.refresh();
            clients.refresh();
        });
        return Future.succeededFuture();
    }
}
