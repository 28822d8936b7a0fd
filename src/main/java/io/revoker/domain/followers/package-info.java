/**
 * Followers of the revocations that have told their names, and what each of them has confirmed.
 *
 * <p>Begin with {@link io.revoker.domain.followers.KnownFollower}.
 */
@NullMarked
package io.revoker.domain.followers;

import org.jspecify.annotations.NullMarked;
