/**
 * The store in Redis: the only package that says "key" or "command".
 *
 * <p>Opens the ports of the domain on connections of their own, and watches the server's memory and release. The keys
 * are in {@code redis.keys}, the connections and scripts in {@code redis.link}, the log, marks and ledger in
 * {@code redis.log}, the tokens in {@code redis.tokens}, who has any in {@code redis.index}, what kills them in
 * {@code redis.sweeps}. No Redis type leaves these packages, and none of them touches HTTP or the event bus.
 */
@NullMarked
package io.revoker.redis;

import org.jspecify.annotations.NullMarked;
