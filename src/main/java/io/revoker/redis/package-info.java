/**
 * The store in Redis: the only package that says "key" or "command".
 *
 * <p>Owns the key schema ({@link io.revoker.redis.keys.Keys}), the scripts, the encodings and the supervised connections.
 * Implements the ports of the domain; no Redis type leaves it. Touches neither HTTP nor the event bus.
 */
@NullMarked
package io.revoker.redis;

import org.jspecify.annotations.NullMarked;
