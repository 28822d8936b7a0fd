/**
 * The names of everything that Revoker keeps in Redis, in one place.
 *
 * <p>Owns the key schema ({@link io.revoker.redis.keys.Keys}). Sends nothing.
 */
@NullMarked
package io.revoker.redis.keys;

import org.jspecify.annotations.NullMarked;
