/**
 * The JSON form of messages between JVMs.
 *
 * <p>Owns how each type is written and read where it is not a plain record. Which messages there are, {@link
 * io.revoker.bus} says.
 */
@NullMarked
package io.revoker.bus.json;

import org.jspecify.annotations.NullMarked;
