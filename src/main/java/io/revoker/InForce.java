package io.revoker;

import io.revoker.caller.CallerBounds;
import io.revoker.caller.Callers;
import io.revoker.caller.ReplaceableCallers;
import io.revoker.config.ClientsConfig;
import io.revoker.config.Configuration;
import io.revoker.http.Traffic;
import io.revoker.revocation.SweepLimits;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;

/** What of a running service may be replaced: its configuration, as far as that is taken over, and its callers. */
final class InForce {
    private static final int VERIFICATIONS = 8;

    private final Vertx vertx;
    private final Traffic traffic;
    private final ReplaceableCallers callers;
    private volatile Configuration configuration;

    /** Blocks while it reads the client file. */
    InForce(Vertx vertx, Configuration configuration, Traffic traffic) {
        this.vertx = vertx;
        this.traffic = traffic;
        this.configuration = configuration;
        this.callers = new ReplaceableCallers(read(configuration.clients()));
    }

    Configuration configuration() {
        return configuration;
    }

    Callers callers() {
        return callers;
    }

    SweepLimits sweepLimits() {
        Configuration now = configuration;
        return new SweepLimits(
                now.sweep().batchSize(),
                now.sweep().inFlight(),
                now.sweep().inFlightBesideChecks(),
                now.sweep().running(),
                now.sweep().rateLimit(),
                now.http().requestTimeout().multipliedBy(9).dividedBy(10),
                now.sweep().lease().dividedBy(3));
    }

    /** The callers of a file, who are in force only once they are {@link #adopt adopted}. Blocks while it reads. */
    Callers read(ClientsConfig clients) {
        CallerBounds bounds = new CallerBounds(clients.cacheSize(), clients.cacheTime(), VERIFICATIONS);
        return clients.file()
                .map(file -> Callers.load(file, vertx, bounds, InstantSource.system()))
                .orElseGet(Callers::anonymous);
    }

    /**
     * From the return of this call on nothing of before decides anything.
     *
     * @param next differs only in what may change while a service runs
     * @param others absent if the callers stay
     */
    void adopt(Configuration next, Optional<Callers> others) {
        configuration = next;
        traffic.limit(next.http().maxInFlight());
        others.ifPresent(callers::replace);
    }
}
