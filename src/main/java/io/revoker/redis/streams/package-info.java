/**
 * Streams of events in Redis: who receives them, and how far each receiver is. The events are in the log.
 *
 * <p>Begin with {@link io.revoker.redis.streams.RedisStreamStore}.
 */
@NullMarked
package io.revoker.redis.streams;

import org.jspecify.annotations.NullMarked;
