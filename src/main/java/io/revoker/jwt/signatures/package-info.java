/**
 * Where signatures are verified: a few quick ones in each turn of an event loop, all others by threads of their own.
 *
 * <p>Begin with {@link io.revoker.jwt.signatures.SignatureWork}.
 */
@NullMarked
package io.revoker.jwt.signatures;

import org.jspecify.annotations.NullMarked;
