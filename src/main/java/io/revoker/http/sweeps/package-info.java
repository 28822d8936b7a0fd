/**
 * Sweeps as clients see them: the list, one of them, and its stop.
 *
 * <p>Owns their JSON. Sends its requests over the event bus.
 */
@NullMarked
package io.revoker.http.sweeps;

import org.jspecify.annotations.NullMarked;
