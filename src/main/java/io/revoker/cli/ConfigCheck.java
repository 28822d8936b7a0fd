package io.revoker.cli;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code config check}: reports what is wrong with the settings. */
@Command(
        name = "check",
        header = "Reports every problem of the settings, and of the files of clients, realms and TLS.",
        customSynopsis = StandardOptions.JAR + " config check [--config=FILE] [--SETTING=VALUE ...]",
        description = {
            "A start would report the same problems. The check connects to nothing.",
            "",
            StandardOptions.SETTINGS
        },
        exitCodeList = {"0:there is no problem", "1:there is a problem", "2:the arguments can't be used"})
final class ConfigCheck implements Callable<Integer> {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Unmatched
    private final List<String> settings = new ArrayList<>();

    private final CommandIo io;
    private final SettingsCheck check;

    ConfigCheck(CommandIo io, SettingsCheck check) {
        this.io = io;
        this.check = check;
    }

    @Override
    public Integer call() {
        List<String> problems = check.problems(settings, io.environment());
        if (problems.isEmpty()) {
            check.warnings(settings, io.environment())
                    .forEach(warning -> io.err().println("warning: " + warning));
            io.out().println("no problems");
        }
        return io.report(problems);
    }
}
