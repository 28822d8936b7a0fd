/**
 * What requests declare, their parameters and their bodies, which are read alike by all routes.
 *
 * <p>Owns the strictness and the bounds of all three: what another reader could take for something else is refused.
 * Touches no route.
 */
@NullMarked
package io.revoker.http.request;

import org.jspecify.annotations.NullMarked;
