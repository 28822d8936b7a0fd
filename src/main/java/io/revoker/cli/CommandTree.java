package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.cli.acts.FollowCommand;
import io.revoker.cli.acts.LoadCommand;
import io.revoker.cli.acts.LockCommand;
import io.revoker.cli.acts.LocksCommand;
import io.revoker.cli.acts.MintCommand;
import io.revoker.cli.acts.RegisterCommand;
import io.revoker.cli.acts.RevokeCommand;
import io.revoker.cli.acts.SweepsCommand;
import io.revoker.cli.acts.TokensCommand;
import io.revoker.cli.acts.UnlockCommand;
import io.revoker.cli.audit.AuditCommand;
import io.revoker.cli.mcp.McpCommand;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.FailureReport;
import io.revoker.cli.terminal.StandardOptions;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/** The commands of the jar; a new one is added in {@link #of}. */
@Command(
        name = StandardOptions.JAR,
        header = "Revoker makes tokens stop working, now, everywhere.",
        customSynopsis = {
            StandardOptions.JAR + " [--config=FILE] [--SETTING=VALUE ...]",
            "       " + StandardOptions.JAR + " COMMAND [OPTIONS]"
        },
        description = {
            "Without a command, or with serve, it runs the service until SIGTERM or Ctrl-C.",
            "",
            StandardOptions.SETTINGS
        },
        footer = {"", "COMMAND --help explains a command."},
        exitCodeOnInvalidInput = CommandIo.FAILED,
        exitCodeList = {
            "0:the service ran and stopped, or the command is done",
            "1:the service could not start, and the log says why; or there is no such command",
            "2:the arguments or the input of a command can't be used"
        })
final class CommandTree {
    private static final int WIDTH = 100;

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private CommandTree() {}

    static CommandLine of(CommandIo io, SettingsCheck check) {
        CommandLine config = new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigCheck(io, check))
                .addSubcommand(new ConfigPrint(io));
        CommandLine tokens = new CommandLine(new TokensCommand(io))
                .addSubcommand(new MintCommand(io))
                .addSubcommand(new RegisterCommand(io));
        return new CommandLine(new CommandTree())
                .addSubcommand(new ServeCommand())
                .addSubcommand(config)
                .addSubcommand(new HashSecret(io))
                .addSubcommand(new Doctor(io, check))
                .addSubcommand(new RevokeCommand(io))
                .addSubcommand(new LockCommand(io))
                .addSubcommand(new UnlockCommand(io))
                .addSubcommand(new LocksCommand(io))
                .addSubcommand(tokens)
                .addSubcommand(new SweepsCommand(io))
                .addSubcommand(new FollowCommand(io))
                .addSubcommand(new AuditCommand(io))
                .addSubcommand(new LoadCommand(io))
                .addSubcommand(new McpCommand(io))
                .addSubcommand(new Completion(io))
                .setOut(new PrintWriter(io.out(), true, UTF_8))
                .setErr(new PrintWriter(io.err(), true, UTF_8))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new FailureReport());
    }
}
