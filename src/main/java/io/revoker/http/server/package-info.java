/**
 * The listeners: what every request passes before its route, and the management port.
 *
 * <p>Owns the verticles of the HTTP edge, limits of connections, heads and bodies, and the answers where there is no
 * route. Routes must not depend on it.
 *
 * <p>Calls by gRPC have a listener of their own: {@link io.revoker.http.server.GrpcVerticle}, and
 * {@link io.revoker.http.server.GrpcDispatch} instead of the router.
 *
 * <p>A request passes, in this order: {@link io.revoker.http.server.HttpVerticle},
 * {@link io.revoker.http.server.RequestGuard} (dates the answer, and answers what can't be parsed),
 * {@link io.revoker.http.server.DirectDispatch} (checks go straight to their route),
 * {@link io.revoker.http.server.RequestMeter} (counts and times it), its route, and if there is none
 * {@link io.revoker.http.server.FailureHandler}.
 */
@NullMarked
package io.revoker.http.server;

import org.jspecify.annotations.NullMarked;
