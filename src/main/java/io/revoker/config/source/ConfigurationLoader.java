package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.SettingsProblem;
import io.revoker.config.values.SettingsProblem.Detail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assembles the configuration from its sources. */
public final class ConfigurationLoader {
    private static final Schema SCHEMA = new Schema(Configuration.class);

    private ConfigurationLoader() {}

    /**
     * The defaults, overridden by the file, the environment and the command line, in this order.
     *
     * @param arguments {@code --http.port=9090}; {@code --config=PATH} names the file
     * @param environment {@code REVOKER_HTTP_PORT}; {@code REVOKER_CONFIG} names the file. Variables without the
     * prefix {@code REVOKER_} are ignored, and so are those that Kubernetes sets for a service named revoker
     * @throws PartialSettings with every problem and every unknown setting
     * @throws SettingsProblem with a single problem if the file can't be read
     */
    public static Settings read(List<String> arguments, Map<String, String> environment) {
        CommandLineSource commandLine = CommandLineSource.read(arguments, SCHEMA);
        SettingsLayer defaults = YamlSource.defaults(SCHEMA);
        SettingsLayer file = commandLine
                .file()
                .or(() -> Optional.ofNullable(environment.get(EnvironmentSource.FILE)))
                .filter(name -> !name.isBlank())
                .map(name -> YamlSource.file(name, SCHEMA))
                .orElseGet(() -> new SettingsLayer(SCHEMA));
        return bind(
                defaults, List.of(defaults, file, EnvironmentSource.read(environment, SCHEMA), commandLine.layer()));
    }

    private static Settings bind(SettingsLayer defaults, List<SettingsLayer> layers) {
        Map<String, Given> settings = new LinkedHashMap<>();
        layers.forEach(layer -> settings.putAll(layer.settings()));
        Binder binder = new Binder(settings, repairs(defaults));
        Configuration configuration = binder.bind(Configuration.class);
        List<Detail> problems = Stream.concat(
                        layers.stream().flatMap(layer -> layer.problems().stream()), binder.problems().stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new PartialSettings(problems, configuration);
        }
        return new Settings(
                configuration,
                settings,
                layers.stream().flatMap(layer -> layer.files().stream()).collect(Collectors.toSet()));
    }

    /**
     * The replacements for wrong values: the defaults. Only management.port and grpc.port become 0, which can't
     * conflict with http.port.
     */
    private static Map<String, Given> repairs(SettingsLayer defaults) {
        Map<String, Given> repairs = new LinkedHashMap<>(defaults.settings());
        List.of("management.port", "grpc.port")
                .forEach(port -> repairs.computeIfPresent(port, (path, given) -> new Given("0", given.origin())));
        return repairs;
    }
}
