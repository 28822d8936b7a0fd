/**
 * The edge: turns requests into messages on the event bus and replies into answers.
 *
 * <p>Owns the listeners, their limits, the routes and every wire format. Each group of routes is a class with {@code mount(Router)}, but for
 * the one that is asked most, a {@link io.revoker.http.DirectRoute}. Does no work of its own and touches neither the store nor Redis.
 */
@NullMarked
package io.revoker.http;

import org.jspecify.annotations.NullMarked;
