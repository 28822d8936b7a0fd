/**
 * Status lists: gives indexes to tokens, and says which of these tokens are dead.
 *
 * <p>Owns what makes a token dead in a list. Reaches the store only through its ports.
 *
 * <p>Begin with {@link io.revoker.revocation.statuslists.StatusWork}.
 */
@NullMarked
package io.revoker.revocation.statuslists;

import org.jspecify.annotations.NullMarked;
