/**
 * Tokens in Redis: records, grants, and the index sets that a sweep scans.
 *
 * <p>Owns their encodings, how a grant is registered against a revocation that runs, and how a sweep counts. Implements the port
 * {@link io.revoker.domain.store.TokenStore}. May ask the marks of {@link io.revoker.redis.log}.
 */
@NullMarked
package io.revoker.redis.tokens;

import org.jspecify.annotations.NullMarked;
