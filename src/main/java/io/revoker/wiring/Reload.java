package io.revoker.wiring;

import io.revoker.caller.Callers;
import io.revoker.caller.ClientFileException;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ClientsConfig;
import io.revoker.config.Configuration.LoggingConfig.Level;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.source.Changes;
import io.revoker.watch.FileStates;
import io.revoker.wiring.ReloadMeters.Outcome;
import io.revoker.wiring.StartFaults.StartRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what has changed in the files of a running service. A fault anywhere refuses all of it, until it is mended, wherever that may be: a setting
 * may name a file that nobody watches. What needs a restart is refused by itself, because it must not keep a client from being locked out.
 */
final class Reload implements Predicate<FileStates> {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final SettingsSource source;
    private final InForce inForce;
    private final ReloadMeters meters;
    private FileStates taken;
    private boolean complete = true;
    private Optional<Refusal> refused = Optional.empty();

    /** Why the files were refused as they were. */
    private record Refusal(FileStates files, List<String> faults) {}

    /** @param taken as they were at the latest when they were read */
    Reload(SettingsSource source, InForce inForce, FileStates taken, ReloadMeters meters) {
        this.source = source;
        this.inForce = inForce;
        this.taken = taken;
        this.meters = meters;
    }

    /** Whether nothing is left to do until they change. Blocks while it reads. */
    @Override
    public boolean test(FileStates now) {
        try {
            Changes changes = Changes.between(inForce.configuration(), source.again());
            Optional<Callers> callers = callers(now, changes.configuration());
            Optional<ServerCertificate> certificate = certificate(now, changes.configuration());
            if (!FileStates.of(source.files()).equals(now)) {
                return false;
            }
            adopt(changes, callers, certificate);
            taken = now;
            refused = Optional.empty();
            return true;
        } catch (StartRefused | InvalidConfiguration | ClientFileException e) {
            refuse(new Refusal(now, StartFaults.of(e).orElseThrow()));
            return false;
        } catch (RuntimeException e) {
            refuse(new Refusal(
                    now, List.of("a fault of the service: " + e.getClass().getSimpleName())));
            throw e;
        }
    }

    /** Told once: it is met again at each look. */
    private void refuse(Refusal refusal) {
        if (!refused.equals(Optional.of(refusal))) {
            refused = Optional.of(refusal);
            refusal.faults().forEach(fault -> LOG.error("reload refused: {}", fault));
            count(Outcome.REFUSED);
        }
    }

    /** What is remembered of their secrets goes with those who are replaced, so they stay if nothing of theirs has changed. */
    private Optional<Callers> callers(FileStates now, Configuration next) {
        ClientsConfig read = next.clients();
        boolean same = read.equals(inForce.configuration().clients()) && isUnchanged(read.file().stream(), now);
        return same ? Optional.empty() : Optional.of(inForce.read(read));
    }

    private Optional<ServerCertificate> certificate(FileStates now, Configuration next) {
        ServerTlsConfig tls = next.http().tls();
        return isUnchanged(tls.files().stream(), now) ? Optional.empty() : inForce.read(tls);
    }

    private boolean isUnchanged(Stream<Path> files, FileStates now) {
        return files.allMatch(file -> now.of(file).equals(taken.of(file)));
    }

    /** If the level of the log changes, the more talkative of the two decides what of the change is told. */
    private void adopt(Changes changes, Optional<Callers> callers, Optional<ServerCertificate> certificate) {
        Level before = inForce.configuration().logging().level();
        Level after = changes.configuration().logging().level();
        inForce.adopt(changes.configuration(), callers, certificate);
        callers.ifPresent(read -> StartChecks.warnings(changes.configuration()).forEach(LOG::warn));
        List<String> files = files(changes.configuration(), callers, certificate);
        if (before == after) {
            tell(changes, files);
            return;
        }
        LogLevel.set(before.compareTo(after) < 0 ? before : after);
        tell(changes, files);
        LogLevel.set(after);
    }

    /** What came of files that are read for themselves. */
    private static List<String> files(
            Configuration next, Optional<Callers> callers, Optional<ServerCertificate> certificate) {
        return Stream.concat(
                        callers.flatMap(read -> next.clients().file()).map(file -> "the clients of " + file).stream(),
                        certificate
                                .flatMap(read -> next.http().tls().certificate())
                                .map(file -> "the certificate of " + file)
                                .stream())
                .toList();
    }

    private void tell(Changes changes, List<String> files) {
        List<String> all =
                Stream.concat(changes.taken().stream(), files.stream()).toList();
        all.forEach(change -> LOG.info("reload took over: {}", change));
        changes.refused().forEach(change -> LOG.warn("reload refused: {}", change));
        if (!changes.refused().isEmpty()) {
            count(all.isEmpty() ? Outcome.REFUSED : Outcome.PARTLY);
        } else if (!all.isEmpty() || !complete) {
            LOG.info("reload: all that is in the files is in force");
            count(Outcome.TAKEN_OVER);
        }
    }

    private void count(Outcome outcome) {
        complete = outcome == Outcome.TAKEN_OVER;
        meters.count(outcome);
    }
}
