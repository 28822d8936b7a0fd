package io.revoker.wiring;

import io.revoker.caller.CallerSettings;
import io.revoker.caller.Callers;
import io.revoker.caller.ReplaceableCallers;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ClientsConfig;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.http.InFlightLimit;
import io.revoker.jwt.ClientAssertions;
import io.revoker.jwt.RealmVerifier;
import io.revoker.jwt.Realms;
import io.revoker.revocation.SweepSettings;
import io.revoker.signing.EncryptionKeys;
import io.revoker.signing.Signer;
import io.revoker.signing.SigningKeys;
import io.revoker.wiring.StartProblems.NotStarted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running service that can be replaced: its reloadable settings, its callers, its realms, its keys,
 * and its certificate.
 */
final class LiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    /** Each verification keeps a processor busy, which the event loops need, too. */
    private static final int VERIFICATIONS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private static final int VERIFICATIONS_WAITING = 16;

    private final Vertx vertx;
    private final InFlightLimit inFlight;
    private final ReplaceableCallers callers;
    private final ClientAssertions assertions;
    private final ClientSettings clients;
    private final List<Function<PemKeyCertOptions, Future<Boolean>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> onNewCallers = new CopyOnWriteArrayList<>();
    private volatile Configuration configuration;
    private volatile Optional<ServerCertificate> certificate;
    private final RealmVerifier verifier;
    private final Realms realms;
    private final Signer signer;
    private volatile EncryptionKeys encryption;

    /** What is read of files, and replaced as a whole; a part is absent if it stays. */
    record Parts(
            Optional<ClientSettings> clients,
            Optional<Realms> realms,
            Optional<SigningKeys> keys,
            Optional<EncryptionKeys> encryption,
            Optional<ServerCertificate> certificate) {}

    /** Blocks while it reads the client file, the realm file, the keys and the TLS files. */
    LiveSettings(
            Vertx vertx,
            Configuration configuration,
            InFlightLimit inFlight,
            RealmVerifier verifier,
            ClientAssertions assertions) {
        this.vertx = vertx;
        this.inFlight = inFlight;
        this.verifier = verifier;
        this.configuration = configuration;
        this.assertions = assertions;
        this.clients = clients(configuration);
        this.callers = new ReplaceableCallers(clients.callers());
        this.realms = RealmSettings.read(configuration);
        this.signer = new Signer(vertx, ServiceKeys.read(configuration.signing()));
        this.encryption = ServiceKeys.read(configuration.ssf().push());
        this.certificate = read(configuration.http().tls());
    }

    Configuration configuration() {
        return configuration;
    }

    Callers callers() {
        return callers;
    }

    /** Registers what to do once other callers may call, or may do other things. */
    void whenCallersChange(Runnable action) {
        onNewCallers.add(action);
    }

    /** Signs with the keys of this service. */
    Signer signer() {
        return signer;
    }

    /** The keys by which now is encrypted what receivers of events give. */
    EncryptionKeys encryption() {
        return encryption;
    }

    /** From now on JWTs and what clients sign are verified; the keys for that are fetched. */
    void begin() {
        verifier.replace(realms);
        assertions.replace(clients.keys());
    }

    /** The certificate of the listener; absent without TLS. */
    Optional<ServerCertificate> certificate() {
        return certificate;
    }

    /**
     * Creates a listener with the current certificate.
     *
     * @param present gives it every later one
     */
    <T> T listener(
            Function<Optional<PemKeyCertOptions>, T> made, BiFunction<T, PemKeyCertOptions, Future<Boolean>> present) {
        T listener = made.apply(certificate.map(ServerCertificate::options));
        listeners.add(renewed -> present.apply(listener, renewed));
        return listener;
    }

    SweepSettings sweepSettings() {
        Configuration now = configuration;
        return new SweepSettings(
                now.sweep().batchSize(),
                now.sweep().inFlight(),
                now.sweep().inFlightBesideChecks(),
                now.sweep().running(),
                now.sweep().rateLimit(),
                Collections.min(List.of(now.sweep().patience(), now.http().longestWait())),
                now.sweep().lease().dividedBy(3));
    }

    /** Reads the clients of a file; they take effect when they are {@link #adopt adopted}. Blocks while it reads. */
    ClientSettings clients(Configuration from) {
        ClientsConfig bounds = from.clients();
        return ClientSettings.read(
                from,
                vertx,
                new CallerSettings(bounds.cacheSize(), bounds.cacheTime(), VERIFICATIONS, VERIFICATIONS_WAITING),
                assertions);
    }

    /**
     * Reads a certificate; it takes effect when it is {@link #adopt adopted}. Blocks while it reads; throws
     * {@link NotStarted}.
     */
    Optional<ServerCertificate> read(ServerTlsConfig tls) {
        Optional<ServerCertificate> read = ServerCertificate.read(tls);
        read.ifPresent(this::requireUsable);
        return read;
    }

    private void requireUsable(ServerCertificate read) {
        try {
            read.options().getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new NotStarted(List.of("http.tls: a key that can't be used (expected: PKCS #8)"));
        }
    }

    /**
     * Once this call has returned, the old values decide nothing any more; only a handshake may still see the old
     * certificate.
     *
     * @param next differs only in reloadable settings
     */
    void adopt(Configuration next, Parts parts) {
        configuration = next;
        inFlight.limit(next.http().maxInFlight());
        parts.clients().ifPresent(read -> {
            assertions.replace(read.keys());
            callers.replace(read.callers());
            onNewCallers.forEach(Runnable::run);
        });
        parts.realms().ifPresent(verifier::replace);
        parts.keys().ifPresent(signer::replace);
        parts.encryption().ifPresent(read -> encryption = read);
        parts.certificate().ifPresent(this::present);
    }

    private void present(ServerCertificate renewed) {
        certificate = Optional.of(renewed);
        Future.join(listeners.stream()
                        .map(listener -> listener.apply(renewed.options()))
                        .toList())
                .onFailure(failure -> LOG.error("certificate not in force", failure));
    }
}
