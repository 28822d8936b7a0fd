/**
 * The JWTs of realms that are configured with an issuer, and those with which clients prove who they are.
 *
 * <p>Owns the realm file, what is checked of a token or an assertion, and which verdicts are remembered. Keys, and how
 * they are fetched, are {@code jwt.keys}' own; how a text becomes claims, {@code jwt.compact}'s. Knows nothing of
 * revocations: whether a verified token is active is decided elsewhere. May use the domain, the reading of files in
 * {@code caller}, the notation of {@code config}, Vert.x and the JOSE library, which only {@code signing} uses as well.
 * No token, and no part of one, gets into a message, a log or a metric.
 *
 * <p>Begin with {@link io.revoker.jwt.RealmVerifier}; of clients with {@link io.revoker.jwt.ClientAssertions}.
 */
@NullMarked
package io.revoker.jwt;

import org.jspecify.annotations.NullMarked;
