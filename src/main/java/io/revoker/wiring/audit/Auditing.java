package io.revoker.wiring.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.audit.AuditFile;
import io.revoker.audit.ClosedTrail;
import io.revoker.audit.Trail;
import io.revoker.audit.TrailSettings;
import io.revoker.audit.chain.ChainedLine;
import io.revoker.bus.AuditBus;
import io.revoker.bus.RevokerBus;
import io.revoker.config.AuditConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.AuditRequests.Noted;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.http.RefusedRequests;
import io.revoker.signing.Signer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the audit trail of each event loop. */
public final class Auditing {
    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final AuditConfig settings;
    private final TrailSettings trail;
    private final InstantSource time;
    private final Optional<AuditFile> file;
    private final RefusedRequests refusals = new RefusedRequests();
    private final AuditBus bus;
    private volatile long timer = -1;

    /** @param time of the store */
    public Auditing(
            Vertx vertx, Configuration configuration, Signer signer, InstantSource time, MeterRegistry registry) {
        this.vertx = vertx;
        this.settings = configuration.audit();
        this.time = time;
        this.bus = new AuditBus(new RevokerBus(vertx, configuration.http().requestTimeout()));
        this.file = settings.file()
                .filter(named -> settings.enabled())
                .map(named -> new AuditFile(vertx, path(named), System.out));
        this.trail = new TrailSettings(
                settings.retention(),
                settings.maxSize().bytes(),
                settings.interval(),
                longestAct(configuration),
                signing(signer),
                copy(),
                new AuditMeters(registry, time)::left);
    }

    private static Optional<Path> path(String named) {
        return named.equals(AuditConfig.STANDARD_OUTPUT) ? Optional.empty() : Optional.of(Path.of(named));
    }

    /** Its caller has an answer by then, or the instance has ended. */
    private static Duration longestAct(Configuration configuration) {
        return configuration
                .http()
                .requestTimeout()
                .plus(configuration.sweep().patience())
                .plus(SPARE);
    }

    private static Optional<Function<byte[], Future<String>>> signing(Signer signer) {
        return signer.algorithm().map(algorithm -> claims -> signer.sign(ChainedLine.End.TYPE, claims));
    }

    /** For the calling event loop. */
    public AuditTrail trail(AuditStore store) {
        Context context = vertx.getOrCreateContext();
        return settings.enabled()
                ? new Trail(context, store, trail, time)
                : new ClosedTrail(context, store, trail, time);
    }

    private Consumer<List<String>> copy() {
        return file.<Consumer<List<String>>>map(named -> named::add).orElse(lines -> {});
    }

    /** Takes what is refused on every listener. */
    public RefusedRequests refusals() {
        return refusals;
    }

    /** Keeps what is refused from now on. */
    public void begin() {
        timer = vertx.setPeriodic(settings.interval().toMillis(), due -> keepAll(refusals.drain(time.instant())));
    }

    /** To be called when nothing is refused any more, and trails are still in use. */
    public Future<Void> keepRefusals() {
        return keepAll(refusals.drain());
    }

    private Future<Void> keepAll(List<Note> notes) {
        List<Future<Noted>> noted = notes.stream()
                .filter(note -> settings.enabled())
                .map(this::keep)
                .toList();
        return Future.join(noted).mapEmpty();
    }

    /** Keeps what has become of changed files. Any thread may call it. */
    public void reloaded(Result.State state, List<String> what) {
        Act act = Act.of(Act.Kind.RELOAD, Origin.ofService("files"), String.join("; ", what));
        keep(new Note(act, Result.of(state)));
    }

    private Future<Noted> keep(Note note) {
        return bus.note(note)
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("failure", failure.getMessage())
                        .log("audit: entry not written yet"));
    }

    /** Once no trail is in use. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return file.map(AuditFile::close).orElseGet(Future::succeededFuture);
    }
}
