/**
 * One stream of the feed, as it comes from an instance. Not for programs that use the client: it may change with every
 * version.
 *
 * <p>Owns the reading of Server-Sent Events, how old a heartbeat is, and the one thread on which all is taken. What the
 * events mean is up to {@link io.revoker.client.view}.
 */
@NullMarked
package io.revoker.client.feed;

import org.jspecify.annotations.NullMarked;
