package io.revoker.testing;

import io.revoker.config.Configuration;
import io.revoker.config.source.ConfigurationLoader;
import java.util.List;
import java.util.Map;

/** Configurations as a start of the program reads them. */
public final class Configurations {
    private Configurations() {}

    /**
     * The configuration that a start would take.
     *
     * @param arguments {@code --http.port=9090}
     */
    public static Configuration of(List<String> arguments, Map<String, String> environment) {
        return ConfigurationLoader.read(arguments, environment).configuration();
    }
}
