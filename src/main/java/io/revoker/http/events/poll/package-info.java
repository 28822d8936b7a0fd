/**
 * Polls a transmitter of the Shared Signals Framework for events (RFC 8936), and takes them over.
 *
 * <p>Begin with {@link io.revoker.http.events.poll.PollVerticle}.
 */
@NullMarked
package io.revoker.http.events.poll;

import org.jspecify.annotations.NullMarked;
