package io.revoker.cli.terminal;

import java.io.Console;
import java.util.Optional;

/** The terminal of this process. */
final class Consoles {
    private Consoles() {}

    /** There if both the input and the output of the process are a terminal. */
    static Optional<Console> ofPerson() {
        return Optional.ofNullable(System.console()).filter(Consoles::isTerminal);
    }

    /** From JDK 22 on there is a console in a pipe, too, and a method that says so. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
