package io.revoker.cli;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Tells a command from the settings of the service.
 *
 * <p>Settings are read by the configuration, which reports their problems together with those of the file and the
 * environment. They need no command line parser, so a start doesn't load one.
 *
 * @param check of the settings
 */
public record Commands(CommandIo io, SettingsCheck check) {

    /** Runs the command and returns its exit status; empty if the arguments are settings, which start the service. */
    public OptionalInt run(List<String> arguments) {
        boolean isServe = isServe(arguments);
        if (!isServe && !arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
            return execute(arguments);
        }
        return Stream.of(StandardOptions.HELP, StandardOptions.VERSION)
                .filter(arguments::contains)
                .findFirst()
                .map(option -> execute(isServe ? List.of(ServeCommand.NAME, option) : List.of(option)))
                .orElseGet(OptionalInt::empty);
    }

    /** What the service gets: all arguments but the command that runs it. */
    public static List<String> settings(List<String> arguments) {
        return isServe(arguments) ? arguments.subList(1, arguments.size()) : arguments;
    }

    private static boolean isServe(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).equals(ServeCommand.NAME);
    }

    private OptionalInt execute(List<String> arguments) {
        return OptionalInt.of(CommandTree.of(io, check).execute(arguments.toArray(String[]::new)));
    }
}
