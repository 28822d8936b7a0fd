/**
 * Single tokens that are dead, but whose entry in the log could not be written: it is written later.
 *
 * <p>Begin with {@link io.revoker.revocation.unlogged.UnloggedTokens}.
 */
@NullMarked
package io.revoker.revocation.unlogged;

import org.jspecify.annotations.NullMarked;
