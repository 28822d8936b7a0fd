/**
 * Locks as clients see them: the list, and the removal of one.
 *
 * <p>Owns their JSON. Sends its requests over the event bus.
 */
@NullMarked
package io.revoker.http.locks;

import org.jspecify.annotations.NullMarked;
