package io.revoker.wiring;

import io.revoker.config.Configuration;
import io.revoker.config.source.Settings;
import io.revoker.wiring.StartProblems.NotStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The source of a service's configuration: an embedding application, or files, variables and options that can be read
 * again.
 */
public final class SettingsSource {
    /** Reads the configuration once more. */
    @FunctionalInterface
    private interface Reading {
        Configuration again() throws NotStarted;
    }

    private final Configuration first;
    private final Set<Path> files;
    private final Reading reading;

    private SettingsSource(Configuration first, Set<Path> files, Reading reading) {
        this.first = first;
        this.files = files;
        this.reading = reading;
    }

    /**
     * A configuration that stays as it is; only the content of its client file, of its realm file, of its keys and of
     * its TLS files may change.
     */
    public static SettingsSource of(Configuration configuration) {
        return new SettingsSource(configuration, Set.of(), () -> configuration);
    }

    /** The configuration of a start of the program. Blocks while it reads, and fails with every problem at once. */
    public static SettingsSource of(List<String> arguments, Map<String, String> environment) throws NotStarted {
        Settings settings = StartChecks.load(arguments, environment);
        return new SettingsSource(
                settings.configuration(),
                settings.files(),
                () -> StartChecks.load(arguments, environment).configuration());
    }

    /** The configuration when this was created. */
    public Configuration first() {
        return first;
    }

    /** The configuration as a start would read it now. */
    Configuration again() throws NotStarted {
        return reading.again();
    }

    /**
     * The files whose content matters, including those of clients, realms, keys and TLS. None if one of them is a pipe,
     * which can be read only once.
     */
    Set<Path> files() {
        Set<Path> all = new HashSet<>(files);
        first.clients().file().ifPresent(all::add);
        first.realms().file().ifPresent(all::add);
        first.signing().file().ifPresent(all::add);
        first.ssf().push().keyFile().ifPresent(all::add);
        all.addAll(first.http().tls().files());
        return all.stream().allMatch(Files::isRegularFile) ? all : Set.of();
    }
}
