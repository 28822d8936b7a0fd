package io.revoker.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Finds what is wrong with the settings of a service before it is started. */
@FunctionalInterface
public interface SettingsCheck {
    /**
     * One line for each problem; none if a start could go on to its connections. Connects to nothing; blocks while it
     * reads files.
     *
     * @param options {@code --setting=value}, from the command line
     * @param environment the variables
     */
    List<String> problems(List<String> options, Map<String, String> environment);

    /** The warnings that a start would log, if there is no problem. */
    default List<String> warnings(List<String> options, Map<String, String> environment) {
        return List.of();
    }

    /**
     * What is found where settings without problems lead: to the client file and to Redis. Never fails; takes as long
     * as the time-outs of the settings allow.
     */
    default CompletableFuture<List<Finding>> examine(List<String> options, Map<String, String> environment) {
        return CompletableFuture.completedFuture(List.of());
    }
}
