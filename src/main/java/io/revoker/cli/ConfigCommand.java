package io.revoker.cli;

import io.revoker.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code config}: the commands about the settings. */
@Command(
        name = "config",
        header = "Checks or prints the settings of a service.",
        customSynopsis = {
            StandardOptions.JAR + " config check [--config=FILE] [--SETTING=VALUE ...]",
            "       " + StandardOptions.JAR + " config print [--effective] [--config=FILE] [--SETTING=VALUE ...]"
        },
        exitCodeList = {
            "0:done, and the settings have no problem",
            "1:the settings have a problem",
            "2:the arguments of config can't be used"
        })
final class ConfigCommand {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();
}
