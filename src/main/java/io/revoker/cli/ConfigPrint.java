package io.revoker.cli;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.config.source.Settings;
import io.revoker.config.values.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code config print}: prints the settings and where each of them came from. */
@Command(
        name = "print",
        header = "Prints the settings that were given, each with its file, variable or option.",
        customSynopsis = StandardOptions.JAR + " config print [--effective] [--config=FILE] [--SETTING=VALUE ...]",
        description = {
            "The output is a file for --config again, without the secrets, which are never printed.",
            "",
            StandardOptions.SETTINGS
        },
        exitCodeList = {
            "0:printed",
            "1:the settings have a problem, so nothing is printed",
            "2:the arguments can't be used"
        })
final class ConfigPrint implements Callable<Integer> {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Option(names = "--effective", description = "prints every setting, also those that have their default")
    private boolean effective;

    @Unmatched
    private final List<String> options = new ArrayList<>();

    private final CommandIo io;

    ConfigPrint(CommandIo io) {
        this.io = io;
    }

    @Option(names = "--redact", description = "changes nothing: secrets are not printed without it either")
    void redact(boolean asked) {}

    @Override
    public Integer call() {
        try {
            Settings settings = ConfigurationLoader.read(options, io.environment());
            io.out().print(effective ? settings.effective() : settings.given());
            return io.report(List.of());
        } catch (SettingsProblem e) {
            return io.report(e.problems());
        }
    }
}
