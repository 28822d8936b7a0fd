/**
 * What requests declare, and their parameters, which are read alike by all routes.
 *
 * <p>Owns the strictness of both: what another reader could take for something else is refused. Touches no route.
 */
@NullMarked
package io.revoker.http.request;

import org.jspecify.annotations.NullMarked;
