/**
 * The edge: turns requests into messages on the event bus and replies into answers.
 *
 * <p>Owns what routes share: who may call, limits of what is in flight, bodies, answers. The routes and their wire formats are in the packages below, the
 * listeners in {@link io.revoker.http.server}. Each group of routes is a class with {@code mount(Router)}, but for
 * the one that is asked most, a {@link io.revoker.http.DirectRoute}. Does no work of its own and touches neither the store nor Redis.
 */
@NullMarked
package io.revoker.http;

import org.jspecify.annotations.NullMarked;
