/**
 * Registering and minting tokens, and revoking them in streams.
 *
 * <p>Owns the form of a registration, the claims of a JWT that fill in missing fields, and streams of lines (NDJSON)
 * with their sums.
 */
@NullMarked
package io.revoker.http.tokens;

import org.jspecify.annotations.NullMarked;
