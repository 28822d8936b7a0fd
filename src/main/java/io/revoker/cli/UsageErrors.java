package io.revoker.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports arguments that a command can't use, and the exit status for them. Quoted are a mistyped command and the
 * name of an option: anything else could be a secret.
 */
final class UsageErrors implements IParameterExceptionHandler {
    private static final Pattern OPTION = Pattern.compile("(--[a-z]{1,16}(-[a-z]{1,16}){0,3})(=.*)?");
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
        } else if (command.getSubcommands().isEmpty()) {
            err.println(unusable(e));
        }
        err.print("usage: " + command.getHelp().synopsis(0));
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String names(MissingParameterException missing) {
        return missing.getMissing().stream().map(UsageErrors::name).collect(Collectors.joining(", "));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + "=" + option.paramLabel()
                : argument.paramLabel();
    }

    /** Names options that there are, or that look like one. */
    private static String unusable(ParameterException e) {
        if (e.getArgSpec() instanceof OptionSpec option) {
            return option.longestName() + ": not usable (expected: " + option.paramLabel() + ")";
        }
        String first = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : "";
        Matcher option = OPTION.matcher(first);
        return option.matches() ? option.group(1) + ": no such option" : "argument: one too many";
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
