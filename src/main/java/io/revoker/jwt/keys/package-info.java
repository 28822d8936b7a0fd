/**
 * The public keys of issuers and of clients.
 *
 * <p>Owns where keys are, how they are read and fetched, which of them may verify a signature, and that the last good
 * ones are kept. Knows neither tokens nor the rules of realms. May use the domain, the reading of files in
 * {@code caller}, the notation of {@code config}, Vert.x, and the JOSE library.
 *
 * <p>Begin with {@link io.revoker.jwt.keys.RealmKeys}.
 */
@NullMarked
package io.revoker.jwt.keys;

import org.jspecify.annotations.NullMarked;
