/**
 * Sweeps as clients see them: the list, one of them, and its stop.
 *
 * <p>Owns their JSON. Asks the work over the bus.
 */
@NullMarked
package io.revoker.http.sweeps;

import org.jspecify.annotations.NullMarked;
