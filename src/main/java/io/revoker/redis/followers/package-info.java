/**
 * The followers in Redis: one hash in the slot of the log, so that a confirmation is compared with the newest stamp.
 *
 * <p>Begin with {@link io.revoker.redis.followers.RedisFollowerStore}.
 */
@NullMarked
package io.revoker.redis.followers;

import org.jspecify.annotations.NullMarked;
