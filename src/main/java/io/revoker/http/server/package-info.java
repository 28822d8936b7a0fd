/**
 * The listeners: what every request passes before its route, and the management port.
 *
 * <p>Owns the verticles of the edge, limits of connections, heads and bodies, and what is answered where there is no route. A route must not know it.
 */
@NullMarked
package io.revoker.http.server;

import org.jspecify.annotations.NullMarked;
