package io.revoker.wiring;

import io.revoker.cli.Checks;
import io.revoker.config.source.ConfigurationLoader;
import java.util.List;
import java.util.Map;

/** What a start finds before it starts anything. */
public final class ConfigChecks implements Checks {
    @Override
    public List<String> faults(List<String> options, Map<String, String> environment) {
        return StartChecks.faults(options, environment);
    }

    @Override
    public List<String> warnings(List<String> options, Map<String, String> environment) {
        return StartChecks.warnings(
                ConfigurationLoader.read(options, environment).configuration());
    }
}
