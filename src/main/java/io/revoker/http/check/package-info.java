/**
 * The check: one token of a gateway's request, or many at once.
 *
 * <p>To read it, in this order: {@link io.revoker.http.check.CheckRoute} takes the token from the request and gives the answer; {@link io.revoker.bus.RevokerBus}
 * gathers the checks of one turn of the event loop; {@link io.revoker.revocation} decides; {@link io.revoker.redis.tokens} reads the record and its state. Many at
 * once: {@link io.revoker.http.check.BatchCheckRoutes}.
 */
@NullMarked
package io.revoker.http.check;

import org.jspecify.annotations.NullMarked;
