/**
 * The transmitter of the Shared Signals Framework 1.0: receivers have streams of security event tokens (RFC 8417), and
 * get them.
 *
 * <p>Owns the JSON of streams and of what is delivered. What a stream delivers is asked over the event bus; the tokens
 * are signed by {@code signing}.
 */
@NullMarked
package io.revoker.http.ssf;

import org.jspecify.annotations.NullMarked;
