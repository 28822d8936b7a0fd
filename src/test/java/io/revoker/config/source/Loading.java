package io.revoker.config.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.config.Configuration;
import io.revoker.config.values.SettingsProblem;
import io.revoker.testing.Configurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads configurations as the tests need them. */
final class Loading {
    private Loading() {}

    static Configuration defaults() {
        return Configurations.of(List.of(), Map.of());
    }

    static Configuration options(String... arguments) {
        return Configurations.of(List.of(arguments), Map.of());
    }

    static Configuration file(Path directory, String yaml) {
        return options("--config=" + write(directory, yaml));
    }

    static List<String> faultsOfOptions(String... arguments) {
        return faults(List.of(arguments), Map.of());
    }

    static List<String> faultsOfFile(Path directory, String yaml) {
        return faultsOfOptions("--config=" + write(directory, yaml));
    }

    static List<String> faults(List<String> arguments, Map<String, String> environment) {
        return catchThrowableOfType(SettingsProblem.class, () -> Configurations.of(arguments, environment))
                .problems();
    }

    static Path write(Path directory, String yaml) {
        try {
            return Files.writeString(directory.resolve("my.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
