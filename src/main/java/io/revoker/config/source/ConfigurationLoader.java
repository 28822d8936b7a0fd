package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.InvalidConfiguration.Fault;
import io.revoker.config.source.Layer.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the configuration together. */
public final class ConfigurationLoader {
    private static final Schema SCHEMA = new Schema(Configuration.class);

    private ConfigurationLoader() {}

    /**
     * The defaults, overruled by the file, overruled by the environment, overruled by the command line.
     *
     * @param arguments {@code --http.port=9090}; {@code --config=PATH} names the file
     * @param environment {@code REVOKER_HTTP_PORT}; {@code REVOKER_CONFIG} names the file. What does not begin with {@code REVOKER_}, and
     *     what Kubernetes sets for a service named revoker, is ignored
     * @throws FaultySettings with every fault and every unknown setting
     * @throws InvalidConfiguration with one fault alone if the file can't be read
     */
    public static Configuration load(List<String> arguments, Map<String, String> environment) {
        return read(arguments, environment).configuration();
    }

    /** The same, with what it was made of. */
    public static Settings read(List<String> arguments, Map<String, String> environment) {
        CommandLine commandLine = CommandLine.read(arguments, SCHEMA);
        Layer defaults = YamlSource.defaults(SCHEMA);
        Layer file = commandLine
                .file()
                .or(() -> Optional.ofNullable(environment.get(Variables.FILE)))
                .filter(name -> !name.isBlank())
                .map(name -> YamlSource.file(name, SCHEMA))
                .orElseGet(() -> new Layer(SCHEMA));
        return bind(defaults, List.of(defaults, file, Variables.read(environment, SCHEMA), commandLine.layer()));
    }

    private static Settings bind(Layer defaults, List<Layer> layers) {
        Map<String, Given> settings = new LinkedHashMap<>();
        layers.forEach(layer -> settings.putAll(layer.settings()));
        Binder binder = new Binder(settings, repairs(defaults));
        Configuration configuration = binder.bind(Configuration.class);
        List<Fault> faults = Stream.concat(
                        layers.stream().flatMap(layer -> layer.faults().stream()), binder.faults().stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new FaultySettings(faults, configuration);
        }
        return new Settings(
                configuration,
                settings,
                layers.stream().flatMap(layer -> layer.files().stream()).collect(Collectors.toSet()));
    }

    /** What stands in for a wrong value: its default, but for a port of management that is taken one that no port of http can be. */
    private static Map<String, Given> repairs(Layer defaults) {
        Map<String, Given> repairs = new LinkedHashMap<>(defaults.settings());
        repairs.computeIfPresent("management.port", (path, given) -> new Given("0", given.origin()));
        return repairs;
    }
}
