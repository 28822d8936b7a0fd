/**
 * Pushes security event tokens to the receivers that want that,
 * <a href="https://www.rfc-editor.org/rfc/rfc8935">RFC 8935</a>.
 *
 * <p>Owns where may be pushed to, time-outs and repetitions. What a stream delivers is asked over the event bus.
 *
 * <p>Begin with {@link io.revoker.http.ssf.push.PushVerticle}.
 */
@NullMarked
package io.revoker.http.ssf.push;

import org.jspecify.annotations.NullMarked;
