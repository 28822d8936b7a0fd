package io.revoker.cli.terminal;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The streams and the environment of a command.
 *
 * @param out for what was asked for
 * @param err for errors, warnings and progress
 * @param environment the variables
 * @param console there if a person sits at a terminal: a pipe has none
 */
public record CommandIo(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Optional<Console> console) {
    // The exit statuses. Scripts depend on them: a number never gets another meaning.
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;
    public static final int NOT_CONFIRMED = 4;
    public static final int UNCOUNTED = 5;
    public static final int INACTIVE = 6;
    public static final int NOT_EVERYWHERE = 7;
    public static final int NOT_WHOLE = 8;

    private static final int WIDTH = 80;
    private static final int NARROWEST = 20;

    /** In a pipe. */
    public CommandIo(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this(in, out, err, environment, Optional.empty());
    }

    /** Those of this process. */
    public static CommandIo ofProcess() {
        return new CommandIo(System.in, System.out, System.err, System.getenv(), Consoles.ofPerson());
    }

    /** The value of a variable that is not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The columns of the terminal, as {@code COLUMNS} says; 80 if it does not. */
    public int width() {
        return variable("COLUMNS")
                .filter(columns -> columns.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .filter(columns -> columns >= NARROWEST)
                .orElse(WIDTH);
    }

    /** Whether to write in colour: at a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    public boolean isColoured() {
        return console.isPresent()
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").orElse("dumb").equals("dumb");
    }

    /** Prints a line about what was not asked for, but should be known. */
    public void warn(String text) {
        err.println("warning: " + Shown.text(text));
        err.flush();
    }

    /** Prints one line for each problem; returns the exit status. */
    public int report(List<String> problems) {
        problems.forEach(err::println);
        out.flush();
        err.flush();
        return problems.isEmpty() ? DONE : FAILED;
    }
}
