package io.revoker.cli;

import io.revoker.cli.terminal.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: what the jar does without a command. It is only described here: {@link Commands} leaves it alone. */
@Command(
        name = ServeCommand.NAME,
        header = "Runs the service, as the jar does without a command.",
        customSynopsis = StandardOptions.JAR + " serve [--config=FILE] [--SETTING=VALUE ...]",
        description = {"Until SIGTERM or Ctrl-C.", "", StandardOptions.SETTINGS},
        exitCodeList = {"0:the service ran and stopped", "1:it could not start, and the log says why"})
final class ServeCommand {
    static final String NAME = "serve";

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();
}
