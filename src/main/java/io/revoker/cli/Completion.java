package io.revoker.cli;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script with which a shell completes commands and options. */
@Command(
        name = "completion",
        header = "Prints a script with which bash and zsh complete the commands of revoker.",
        exitCodeList = {"0:printed", "2:the arguments can't be used"})
final class Completion implements Callable<Integer> {
    /** How people call the jar, see the page about the commands. */
    private static final String NAME = "revoker";

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final CommandIo io;

    Completion(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        io.out().print(AutoComplete.bash(NAME, spec.root().commandLine()));
        io.out().flush();
        return CommandIo.DONE;
    }
}
