/**
 * Named followers of the revocations, and what each of them has confirmed.
 *
 * <p>Begin with {@link io.revoker.domain.followers.KnownFollower}.
 */
@NullMarked
package io.revoker.domain.followers;

import org.jspecify.annotations.NullMarked;
