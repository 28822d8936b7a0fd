/**
 * Answers checks of registered tokens from the memory of this instance, for as long as it holds a lease.
 *
 * <p>Owns what is remembered, what makes that invalid, and the lease. Reaches the store only through its ports; knows
 * neither HTTP nor Redis. Begin with {@link io.revoker.near.NearCache}.
 */
@NullMarked
package io.revoker.near;

import org.jspecify.annotations.NullMarked;
