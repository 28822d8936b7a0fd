/**
 * The leases of instances that answer checks from their own memory: a revocation is acknowledged when each of them has
 * read it, or its lease has run out.
 *
 * <p>Begin with {@link io.revoker.domain.near.NearLeases}.
 */
@NullMarked
package io.revoker.domain.near;

import org.jspecify.annotations.NullMarked;
