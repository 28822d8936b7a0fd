/**
 * The listeners: what every request passes before its route, and the management port.
 *
 * <p>Owns the verticles of the edge, limits of connections, heads and bodies, and what is answered where there is no route. A route must not know it.
 *
 * <p>A request passes, in this order: {@link io.revoker.http.server.HttpVerticle}, {@link io.revoker.http.server.Front} (is the head right?),
 * {@link io.revoker.http.server.Reception} (checks, before the router), {@link io.revoker.http.server.Entrance} (limits, bodies), its route, and if there is none
 * {@link io.revoker.http.server.Fallback}.
 */
@NullMarked
package io.revoker.http.server;

import org.jspecify.annotations.NullMarked;
