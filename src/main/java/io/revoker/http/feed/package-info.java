/**
 * The revocations as those see them who follow: a stream of events, what has changed since a stamp, and a snapshot.
 *
 * <p>Owns the form of the events, who of the callers sees which, and the buffers of the followers, all of which are
 * bounded. Reads the log over the event bus; learns of new entries from who reads it on this instance.
 */
@NullMarked
package io.revoker.http.feed;

import org.jspecify.annotations.NullMarked;
