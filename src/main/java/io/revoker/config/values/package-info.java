/**
 * The kinds of values that settings have, and what can be required of them.
 *
 * <p>Owns their text forms, in which they are read and printed, and the report of those that do not hold. Knows no
 * section: those are in {@link io.revoker.config}.
 */
@NullMarked
package io.revoker.config.values;

import org.jspecify.annotations.NullMarked;
