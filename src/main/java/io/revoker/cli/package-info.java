/**
 * The commands of the jar besides the service itself, parsed by picocli.
 *
 * <p>Owns their arguments, what they print and their exit codes. {@link io.revoker.cli.Commands} decides whether
 * arguments are a command or settings of the service. A new command is a class of its own, with picocli's
 * {@code @Command}, the {@link io.revoker.cli.terminal.StandardOptions} and a {@code call()} that returns the exit
 * status; it gets its streams from {@link io.revoker.cli.terminal.CommandIo}, is added in
 * {@link io.revoker.cli.CommandTree}, never ends the process by itself, and must not touch Redis or the bus. Those
 * that call a running service are in {@code acts}.
 */
@NullMarked
package io.revoker.cli;

import org.jspecify.annotations.NullMarked;
