package io.revoker.cli;

import java.util.List;
import java.util.Map;

/** What a start would find fault with. */
@FunctionalInterface
public interface Checks {
    /**
     * One line for each fault; none if a start could go on to its connections. Connects to nothing; blocks while it reads files.
     *
     * @param options of the command line
     * @param environment its variables
     */
    List<String> faults(List<String> options, Map<String, String> environment);

    /** What a start would warn of, if it finds no fault. */
    default List<String> warnings(List<String> options, Map<String, String> environment) {
        return List.of();
    }
}
