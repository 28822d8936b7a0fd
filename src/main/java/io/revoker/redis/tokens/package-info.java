/**
 * Tokens in Redis: records and grants.
 *
 * <p>Owns their encodings, how a registration is kept correct against a concurrent revocation, and which grants a
 * selecting sweep kills. Implements the port {@link io.revoker.domain.store.TokenStore}. May use the marks of
 * {@link io.revoker.redis.log}, the holders of {@link io.revoker.redis.index}, and the sweeps of
 * {@link io.revoker.redis.sweeps}.
 */
@NullMarked
package io.revoker.redis.tokens;

import org.jspecify.annotations.NullMarked;
