/**
 * Puts the parts together, and keeps a running service as its settings say.
 *
 * <p>Owns which verticles there are and what each is given, the checks at the start and what is said when they fail, what changes without a restart, the meters
 * and the readiness. Knows every other package; none knows it but {@link io.revoker}, the entry.
 */
@NullMarked
package io.revoker.wiring;

import org.jspecify.annotations.NullMarked;
