/**
 * Tokens in Redis: records and grants.
 *
 * <p>Owns their encodings, how a registration is kept correct against a concurrent revocation, and which grants a
 * selecting sweep kills. Implements the ports {@link io.revoker.domain.store.TokenStore} and {@link
 * io.revoker.domain.store.JwtStore}. May use the marks of
 * {@link io.revoker.redis.log}, the holders of {@link io.revoker.redis.index}, and the sweeps of
 * {@link io.revoker.redis.sweeps}.
 *
 * <p>Begin with {@link io.revoker.redis.tokens.RedisTokenStore}; single tokens are found and invalidated by {@code
 * SingleTokens}, some of the grants of a holder by {@code Selection}.
 */
@NullMarked
package io.revoker.redis.tokens;

import org.jspecify.annotations.NullMarked;
