/**
 * What every command has: its streams, its options for help, its exit statuses, and how it speaks with a person.
 *
 * <p>Owns the difference between a terminal and a pipe: questions, progress and colours are for a terminal only. Knows
 * no service.
 */
@NullMarked
package io.revoker.cli.terminal;

import org.jspecify.annotations.NullMarked;
