package io.revoker.wiring;

import io.revoker.caller.DocumentException;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ClientsConfig;
import io.revoker.config.Configuration.LoggingConfig.Level;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.SsfConfig.PushConfig;
import io.revoker.config.source.ConfigurationChange;
import io.revoker.config.values.SettingsProblem;
import io.revoker.domain.audit.Result.State;
import io.revoker.watch.FileStates;
import io.revoker.wiring.LiveSettings.Parts;
import io.revoker.wiring.ReloadMeters.Outcome;
import io.revoker.wiring.StartProblems.NotStarted;
import io.revoker.wiring.logging.LogLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes of the files of a running service. If there is any problem, everything is refused, and tried again
 * at each poll until the problem is fixed: the cause may be a file that is not watched. A change that needs a restart
 * is refused by itself, so that it does not prevent locking out a client.
 */
final class Reload implements Predicate<FileStates> {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final SettingsSource source;
    private final LiveSettings live;
    private final ReloadMeters meters;
    private final BiConsumer<State, List<String>> audit;
    private FileStates taken;
    private boolean complete = true;
    private Optional<Rejection> refused = Optional.empty();

    /** Why the files were refused in this state. */
    private record Rejection(FileStates files, List<String> problems) {}

    /**
     * @param taken their state when they were last read, or earlier
     * @param audit gets what has become of changes
     */
    Reload(
            SettingsSource source,
            LiveSettings live,
            FileStates taken,
            ReloadMeters meters,
            BiConsumer<State, List<String>> audit) {
        this.audit = audit;
        this.source = source;
        this.live = live;
        this.taken = taken;
        this.meters = meters;
    }

    /** Whether nothing is left to do until the files change. Blocks while it reads. */
    @Override
    public boolean test(FileStates now) {
        try {
            ConfigurationChange changes = ConfigurationChange.between(live.configuration(), source.again());
            Configuration next = changes.configuration();
            PushConfig push = next.ssf().push();
            Parts parts = new Parts(
                    clients(now, next),
                    changed(next.realms().file(), now, () -> RealmSettings.read(next)),
                    changed(next.signing().file(), now, () -> ServiceKeys.read(next.signing())),
                    changed(push.keyFile(), now, () -> ServiceKeys.read(push)),
                    certificate(now, next));
            if (!FileStates.of(source.files()).equals(now)) {
                return false;
            }
            adopt(changes, parts);
            taken = now;
            refused = Optional.empty();
            return true;
        } catch (NotStarted | SettingsProblem | DocumentException e) {
            refuse(new Rejection(now, StartProblems.of(e).orElseThrow()));
            return false;
        } catch (RuntimeException e) {
            refuse(new Rejection(
                    now, List.of("a bug in Revoker: " + e.getClass().getSimpleName())));
            throw e;
        }
    }

    /** Logs each rejection once, although it is found at each poll. */
    private void refuse(Rejection rejection) {
        if (!refused.equals(Optional.of(rejection))) {
            refused = Optional.of(rejection);
            rejection.problems().forEach(problem -> LOG.error("reload refused: {}", problem));
            audit.accept(State.REFUSED, rejection.problems());
            count(Outcome.REFUSED);
        }
    }

    /** Replacing the callers drops the cache of verified secrets, so they are kept if nothing of theirs has changed. */
    private Optional<ClientSettings> clients(FileStates now, Configuration next) {
        ClientsConfig read = next.clients();
        boolean same = read.equals(live.configuration().clients()) && isUnchanged(read.file().stream(), now);
        return same ? Optional.empty() : Optional.of(live.clients(next));
    }

    /** What is read anew of a file, if its content has changed. */
    private <T> Optional<T> changed(Optional<Path> file, FileStates now, Supplier<T> read) {
        return isUnchanged(file.stream(), now) ? Optional.empty() : Optional.of(read.get());
    }

    private Optional<ServerCertificate> certificate(FileStates now, Configuration next) {
        ServerTlsConfig tls = next.http().tls();
        return isUnchanged(tls.files().stream(), now) ? Optional.empty() : live.read(tls);
    }

    private boolean isUnchanged(Stream<Path> files, FileStates now) {
        return files.allMatch(file -> now.of(file).equals(taken.of(file)));
    }

    /** If the log level changes, the lower one of the two decides what is logged about the change. */
    private void adopt(ConfigurationChange changes, Parts parts) {
        Level before = live.configuration().logging().level();
        Level after = changes.configuration().logging().level();
        live.adopt(changes.configuration(), parts);
        parts.clients()
                .ifPresent(read -> StartChecks.warnings(changes.configuration()).forEach(LOG::warn));
        List<String> files = files(changes.configuration(), parts);
        if (before == after) {
            log(changes, files);
            return;
        }
        LogLevel.set(before.compareTo(after) < 0 ? before : after);
        log(changes, files);
        LogLevel.set(after);
    }

    /** Names the files that are applied as a whole. */
    private static List<String> files(Configuration next, Parts parts) {
        return Stream.of(
                        named("the clients of ", parts.clients(), next.clients().file()),
                        named("the realms of ", parts.realms(), next.realms().file()),
                        named("the keys of ", parts.keys(), next.signing().file()),
                        named(
                                "the keys of ",
                                parts.encryption(),
                                next.ssf().push().keyFile()),
                        named(
                                "the certificate of ",
                                parts.certificate(),
                                next.http().tls().certificate()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> named(String what, Optional<?> part, Optional<Path> file) {
        return part.flatMap(read -> file).map(path -> what + path);
    }

    private void log(ConfigurationChange changes, List<String> files) {
        List<String> all =
                Stream.concat(changes.taken().stream(), files.stream()).toList();
        all.forEach(change -> LOG.info("reload took over: {}", change));
        changes.refused().forEach(change -> LOG.warn("reload refused: {}", change));
        tell(State.DONE, all);
        tell(State.REFUSED, changes.refused());
        if (!changes.refused().isEmpty()) {
            count(all.isEmpty() ? Outcome.REFUSED : Outcome.PARTLY);
        } else if (!all.isEmpty() || !complete) {
            LOG.info("reload: all that is in the files is in force");
            count(Outcome.TAKEN_OVER);
        }
    }

    private void tell(State state, List<String> changed) {
        if (!changed.isEmpty()) {
            audit.accept(state, changed);
        }
    }

    private void count(Outcome outcome) {
        complete = outcome == Outcome.TAKEN_OVER;
        meters.count(outcome);
    }
}
