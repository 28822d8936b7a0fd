package io.revoker.wiring;

import io.revoker.cli.Finding;
import io.revoker.cli.SettingsCheck;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.wiring.logging.LogLevel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The checks that a start makes before it starts anything. */
public final class ConfigChecks implements SettingsCheck {
    /** What the code of a service would log while it connects is a finding here. */
    private static final String SILENT = "OFF";

    private static final String USUAL = "INFO";

    @Override
    public List<String> problems(List<String> options, Map<String, String> environment) {
        return StartChecks.problems(options, environment);
    }

    @Override
    public List<String> warnings(List<String> options, Map<String, String> environment) {
        return StartChecks.warnings(
                ConfigurationLoader.read(options, environment).configuration());
    }

    @Override
    public CompletableFuture<List<Finding>> examine(List<String> options, Map<String, String> environment) {
        LogLevel.set(SILENT);
        return new Examination(ConfigurationLoader.read(options, environment).configuration())
                .findings()
                .toCompletionStage()
                .toCompletableFuture()
                .whenComplete((findings, failure) -> LogLevel.set(USUAL));
    }
}
