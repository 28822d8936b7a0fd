/**
 * Waits until a revocation is known to every instance that answers checks from its memory.
 *
 * <p>Begin with {@link io.revoker.revocation.near.NearWait}.
 */
@NullMarked
package io.revoker.revocation.near;

import org.jspecify.annotations.NullMarked;
