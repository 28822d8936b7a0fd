/**
 * Streams of events: which entries of the log a stream delivers, and what of them was delivered. Knows neither the form
 * of an event nor how it is sent.
 *
 * <p>Begin with {@link io.revoker.revocation.streams.StreamWork}.
 */
@NullMarked
package io.revoker.revocation.streams;

import org.jspecify.annotations.NullMarked;
