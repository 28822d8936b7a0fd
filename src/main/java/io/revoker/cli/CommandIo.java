package io.revoker.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The streams and the environment of a command.
 *
 * @param out for what was asked for
 * @param err for errors and warnings
 * @param environment the variables
 */
public record CommandIo(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    static final int OK = 0;
    static final int PROBLEMS = 1;
    static final int WRONG_INPUT = 2;

    /** Prints one line for each problem; returns the exit status. */
    int report(List<String> problems) {
        problems.forEach(err::println);
        out.flush();
        err.flush();
        return problems.isEmpty() ? OK : PROBLEMS;
    }
}
