package io.revoker.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports arguments that a command can't use, and the exit status for them. The only argument that is quoted is a
 * mistyped command: anything else could be a secret.
 */
final class UsageErrors implements IParameterExceptionHandler {
    private static final Pattern COMMAND = Pattern.compile("[a-z]{1,12}(-[a-z]{1,12})?");

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (!command.getSubcommands().isEmpty()) {
            err.println("command: " + mistake(e) + " (expected: "
                    + String.join(" or ", command.getSubcommands().keySet()) + ")");
        }
        if (e instanceof MissingParameterException missing) {
            err.println("missing: " + names(missing));
        }
        err.print("usage: " + command.getHelp().synopsis(0));
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String names(MissingParameterException missing) {
        return missing.getMissing().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(", "));
    }

    private static String mistake(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "none";
        }
        String first = unmatched.getUnmatched().get(0);
        return COMMAND.matcher(first).matches() ? first + suggestion(unmatched.getSuggestions()) : "another argument";
    }

    private static String suggestion(List<String> similar) {
        return similar.isEmpty() ? "" : ", did you mean " + similar.get(0) + "?";
    }
}
