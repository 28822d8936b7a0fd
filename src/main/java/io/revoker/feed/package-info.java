/**
 * Follows the log: keeps this node's view of the marks and publishes every revocation on the event bus.
 *
 * <p>Owns the one loop that tails the log. Reaches the store only through its ports; writes to it only what it has
 * lost. Knows neither HTTP nor Redis.
 */
@NullMarked
package io.revoker.feed;

import org.jspecify.annotations.NullMarked;
