/**
 * Waits until the followers have applied a revocation, and says which of them have.
 *
 * <p>Owns the waiting: one look at the followers at a time, for all that wait on this instance. What is known of a
 * follower, {@link io.revoker.domain.followers.KnownFollower} says. Begin with {@link io.revoker.receipts.Receipts}.
 */
@NullMarked
package io.revoker.receipts;

import org.jspecify.annotations.NullMarked;
