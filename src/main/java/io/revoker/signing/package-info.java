/**
 * The keys of this service, with which it signs what it says to others, and encrypts what it keeps for them.
 *
 * <p>Owns the files of the keys, which of them signs or encrypts, and what of them is published. May use the
 * domain, Vert.x core and the JOSE library; knows nothing of HTTP, nor of what is signed. No private part of a key
 * leaves it, in a message, a log or otherwise.
 *
 * <p>Begin with {@link io.revoker.signing.Signer}.
 */
@NullMarked
package io.revoker.signing;

import org.jspecify.annotations.NullMarked;
