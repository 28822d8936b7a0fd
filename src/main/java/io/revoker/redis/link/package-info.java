/**
 * Connections to Redis: supervised, pipelined, with a time limit on every call, to one server or to a Cluster.
 *
 * <p>Owns how a command gets to the right server and what its failure means
 * ({@link io.revoker.redis.link.RedisFailure}). Knows scripts by name, but no keys: the packages beside it own the data
 * in Redis.
 */
@NullMarked
package io.revoker.redis.link;

import org.jspecify.annotations.NullMarked;
