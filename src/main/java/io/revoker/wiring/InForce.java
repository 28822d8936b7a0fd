package io.revoker.wiring;

import io.revoker.caller.CallerBounds;
import io.revoker.caller.Callers;
import io.revoker.caller.ReplaceableCallers;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ClientsConfig;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.http.Traffic;
import io.revoker.http.server.HttpVerticle;
import io.revoker.revocation.SweepLimits;
import io.revoker.wiring.StartFaults.StartRefused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a running service may be replaced: its configuration, as far as that is taken over, its callers, and its certificate. */
final class InForce {
    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);
    /** Each keeps a processor busy, and the event loops have the same ones. */
    private static final int VERIFICATIONS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private static final int VERIFICATIONS_WAITING = 16;

    private final Vertx vertx;
    private final Traffic traffic;
    private final ReplaceableCallers callers;
    private final List<HttpVerticle> listeners = new CopyOnWriteArrayList<>();
    private volatile Configuration configuration;
    private volatile Optional<ServerCertificate> certificate;

    /** Blocks while it reads the client file and those of TLS. */
    InForce(Vertx vertx, Configuration configuration, Traffic traffic) {
        this.vertx = vertx;
        this.traffic = traffic;
        this.configuration = configuration;
        this.callers = new ReplaceableCallers(read(configuration.clients()));
        this.certificate = read(configuration.http().tls());
    }

    Configuration configuration() {
        return configuration;
    }

    Callers callers() {
        return callers;
    }

    /** Of the listener, if that speaks TLS. */
    Optional<ServerCertificate> certificate() {
        return certificate;
    }

    /** A listener that has the certificate of now, and is given every other one. */
    HttpVerticle listener(Function<Optional<PemKeyCertOptions>, HttpVerticle> made) {
        HttpVerticle listener = made.apply(certificate.map(ServerCertificate::options));
        listeners.add(listener);
        return listener;
    }

    SweepLimits sweepLimits() {
        Configuration now = configuration;
        return new SweepLimits(
                now.sweep().batchSize(),
                now.sweep().inFlight(),
                now.sweep().inFlightBesideChecks(),
                now.sweep().running(),
                now.sweep().rateLimit(),
                Collections.min(List.of(
                        now.sweep().patience(),
                        now.http().idleTimeout().multipliedBy(9).dividedBy(10))),
                now.sweep().lease().dividedBy(3));
    }

    /** The callers of a file, who are in force only once they are {@link #adopt adopted}. Blocks while it reads. */
    Callers read(ClientsConfig clients) {
        CallerBounds bounds =
                new CallerBounds(clients.cacheSize(), clients.cacheTime(), VERIFICATIONS, VERIFICATIONS_WAITING);
        return clients.file().map(file -> Callers.load(file, vertx, bounds)).orElseGet(Callers::anonymous);
    }

    /** The certificate of some files, which is in force only once it is {@link #adopt adopted}. Blocks while it reads; throws {@link StartRefused}. */
    Optional<ServerCertificate> read(ServerTlsConfig tls) {
        Optional<ServerCertificate> read = ServerCertificate.read(tls);
        read.ifPresent(this::requireUsable);
        return read;
    }

    private void requireUsable(ServerCertificate read) {
        try {
            read.options().getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new StartRefused(List.of("http.tls: a key that can't be used (expected: PKCS #8)"));
        }
    }

    /**
     * From the return of this call on nothing of before decides anything; only a handshake may still see the certificate of before.
     *
     * @param next differs only in what may change while a service runs
     * @param others absent if the callers stay
     * @param renewed absent if the certificate stays
     */
    void adopt(Configuration next, Optional<Callers> others, Optional<ServerCertificate> renewed) {
        configuration = next;
        traffic.limit(next.http().maxInFlight());
        others.ifPresent(callers::replace);
        renewed.ifPresent(this::present);
    }

    private void present(ServerCertificate renewed) {
        certificate = Optional.of(renewed);
        Future.join(listeners.stream()
                        .map(listener -> listener.present(renewed.options()))
                        .toList())
                .onFailure(failure -> LOG.error("certificate not in force", failure));
    }
}
