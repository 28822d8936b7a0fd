/**
 * The leases of instances that answer checks from their memory, in Redis: one hash in the slot of the log.
 *
 * <p>Begin with {@link io.revoker.redis.near.RedisNearLeases}.
 */
@NullMarked
package io.revoker.redis.near;

import org.jspecify.annotations.NullMarked;
