package io.revoker.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command has of the machine.
 *
 * @param out what was asked for
 * @param err why it can't be had
 * @param environment its variables
 */
public record Surroundings(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {}
