/**
 * Wires the parts together, and applies changed settings to a running service.
 *
 * <p>Owns the set of verticles and their collaborators, the checks at the start and the messages when they fail,
 * changes without a restart, the meters and the readiness. Knows every other package; only the entry,
 * {@link io.revoker}, knows it.
 */
@NullMarked
package io.revoker.wiring;

import org.jspecify.annotations.NullMarked;
