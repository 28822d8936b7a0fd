/**
 * The commands of the jar besides the service itself.
 *
 * <p>Owns their arguments, what they print and their exit codes. A command is handed its streams, never takes the process down by
 * itself, and must not touch HTTP, Redis or the bus.
 */
@NullMarked
package io.revoker.cli;

import org.jspecify.annotations.NullMarked;
