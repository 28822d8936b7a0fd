/**
 * Sweeps of whole holders: the calls that kill the grants of their bundles, and what those have counted.
 *
 * <p>A sweep that selects among the grants of a holder has to read them, and is in {@link io.revoker.redis.tokens};
 * it counts here as well.
 *
 * <p>Begin with {@link io.revoker.redis.sweeps.Sweeper}.
 */
@NullMarked
package io.revoker.redis.sweeps;

import org.jspecify.annotations.NullMarked;
