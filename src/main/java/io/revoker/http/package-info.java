/**
 * The HTTP edge: turns requests into messages on the event bus and replies into answers.
 *
 * <p>Owns what routes share: authentication, limits of requests in flight, bodies, answers. The routes and their wire
 * formats are in the packages below, the listeners in {@link io.revoker.http.server}. Each group of routes is a
 * {@link io.revoker.http.Routes} that {@code wiring.routes.RouteTable} mounts, except for the most frequent one, a
 * {@link io.revoker.http.DirectRoute}. Does no work of
 * its own and touches neither the store nor Redis.
 */
@NullMarked
package io.revoker.http;

import org.jspecify.annotations.NullMarked;
