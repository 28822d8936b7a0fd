package io.revoker.wiring;

import io.revoker.config.Configuration;
import io.revoker.config.source.Settings;
import io.revoker.wiring.StartFaults.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a service has its configuration from: an application that made it, or files, variables and options that can be read again. */
public final class SettingsSource {
    /** How to read once more. */
    @FunctionalInterface
    private interface Reading {
        Configuration again() throws StartRefused;
    }

    private final Configuration first;
    private final Set<Path> files;
    private final Reading reading;

    private SettingsSource(Configuration first, Set<Path> files, Reading reading) {
        this.first = first;
        this.files = files;
        this.reading = reading;
    }

    /** One that stays as it is; only the content of its client file may change. */
    public static SettingsSource of(Configuration configuration) {
        return new SettingsSource(configuration, Set.of(), () -> configuration);
    }

    /** What a start of the program is given. Blocks while it reads, and fails with every fault at once. */
    public static SettingsSource of(List<String> arguments, Map<String, String> environment) throws StartRefused {
        Settings settings = StartChecks.load(arguments, environment);
        return new SettingsSource(
                settings.configuration(),
                settings.files(),
                () -> StartChecks.load(arguments, environment).configuration());
    }

    /** As it was read when this was made. */
    public Configuration first() {
        return first;
    }

    /** As it would be read by a start now. */
    Configuration again() throws StartRefused {
        return reading.again();
    }

    /** Those whose content matters, those of the clients and of TLS included; none if one of them is a pipe, which can be read but once. */
    Set<Path> files() {
        Set<Path> all = new HashSet<>(files);
        first.clients().file().ifPresent(all::add);
        all.addAll(first.http().tls().files());
        return all.stream().allMatch(Files::isRegularFile) ? all : Set.of();
    }
}
